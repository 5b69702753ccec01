import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { describeGrowth } from './classify.ts'
import { crossing } from './crossing.ts'
import { pastEpisode } from './episode.ts'
import { estimateGrowth } from './estimate-growth.ts'
import type { Move } from './moves.ts'
import type { Sample } from './sample.ts'
import { HOUR, NOW } from './sampled.contract.ts'

const GB = 1e9

/** How a disorder goes: what it has added when this share of it is over, from 0 to 1. */
const DISORDERS: Readonly<Record<string, (share: number) => number>> = {
  'a flood of logs': (share) => 40 * GB * share,
  'a disk that was filled, and freed at once': (share) => (share < 0.7 ? 80 * GB * share : 10 * GB),
  'a disk that was filled and freed again and again': (share) => 30 * GB * ((5 * share) % 1),
  'a flood that something removed bit by bit': (share) => 30 * GB * Math.sin(Math.PI * Math.min(1, share)),
}

interface Past {
  /** Hours of each part, oldest first. */
  before: number
  disorder: number
  calm: number
  gbPerHour: number
  intervalSeconds: number
}

/** A steady disk on which a disorder happened, and then nothing for a while. */
function after(added: (share: number) => number, past: Past): Sample[] {
  const { before, disorder, calm, gbPerHour, intervalSeconds } = past
  const begin = before + disorder + calm
  return Array.from({ length: Math.floor((begin * 3600) / intervalSeconds) + 1 }, (_, index) => {
    const hour = -index * (intervalSeconds / 3600)
    const share = Math.min(1, Math.max(0, (hour + calm + disorder) / disorder))
    return { at: NOW + hour * HOUR, value: 100 * GB + gbPerHour * GB * (hour + begin) + added(share) }
  }).toReversed()
}

describe.each(Object.entries(DISORDERS))('after %s', (_, added) => {
  test.each<[string, Past]>([
    ['minutes', { before: 0.01, disorder: 0.03, calm: 0.05, gbPerHour: 0, intervalSeconds: 1 }],
    ['half an hour', { before: 24, disorder: 0.5, calm: 0.6, gbPerHour: 0.3, intervalSeconds: 30 }],
    ['hours', { before: 40, disorder: 3, calm: 8, gbPerHour: 0.3, intervalSeconds: 60 }],
    ['of late', { before: 0.5, disorder: 0.5, calm: 1.5, gbPerHour: 0.1, intervalSeconds: 10 }],
  ])('that took %s, growth is what it is in the calm', (__, past) => {
    const growth = estimateGrowth(after(added, past), NOW)!
    expect(describeGrowth(growth).kind).toBe('step')
    expect(growth.line.slope / GB).toBeCloseTo(past.gbPerHour, 1)
    expect(growth.line.level).toBeCloseTo(growth.latest, -8)
    const { p50 } = crossing(growth, growth.latest + 50 * GB, 24 * HOUR)
    expect(p50).toBeNull()
  })
})

test('a flood that has hardly ended may go on', () => {
  const past = { before: 24, disorder: 0.5, calm: 0.1, gbPerHour: 0, intervalSeconds: 30 }
  const growth = estimateGrowth(after(DISORDERS['a flood of logs']!, past), NOW)!
  expect(crossing(growth, 200 * GB, 24 * HOUR).p10).not.toBeNull()
})

test('whatever came of it, and however long ago, what is foretold is the calm', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(DISORDERS)),
      fc.record({
        before: fc.integer({ min: 1, max: 10 }),
        disorder: fc.constantFrom(0.05, 0.2, 0.5, 1, 2),
        calm: fc.constantFrom(1.5, 2, 5),
        gbPerHour: fc.constantFrom(0, 0.1, 1),
        readings: fc.constantFrom(6, 20, 100),
      }),
      (added, { readings, ...past }) => {
        const calm = past.calm * past.disorder
        const intervalSeconds = (past.disorder * 3600) / readings
        const growth = estimateGrowth(
          after(added, { ...past, before: past.before * calm, calm, intervalSeconds }),
          NOW,
        )!
        expect(Math.abs(growth.line.slope / GB - past.gbPerHour)).toBeLessThan(0.1)
      },
    ),
  )
})

describe('pastEpisode', () => {
  const hours = Float64Array.from({ length: 241 }, (_, index) => (index - 240) / 10)
  const moves = (...indices: readonly number[]) =>
    indices.map((first): Move => ({ first, last: first + 1, size: first % 2 === 0 ? 1 : -1 }))

  it.each([
    ['moves within an hour, and calm since', moves(100, 105, 110), { first: 100, last: 111 }],
    ['no moves', [], undefined],
    ['calm for less than it took', moves(100, 110, 120, 130, 180), undefined],
    ['calm for less than three of its pauses', moves(195, 210), undefined],
    ['longer than four hours', moves(10, 20, 30, 40, 50, 60), undefined],
    ['hardly any readings since', moves(231, 233), undefined],
    [
      'small moves before, during and after',
      [...moves(100, 110), ...moves(5, 105, 200).map((move) => ({ ...move, size: 0.1 }))],
      { first: 100, last: 111 },
    ],
  ])('%s', (_, some, expected) => {
    expect(pastEpisode(hours, some)).toEqual(expected)
  })
})
