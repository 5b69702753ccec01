import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeGrowth } from './classify.ts'
import { crossing } from './crossing.ts'
import { estimateGrowth } from './estimate-growth.ts'
import type { GrowthKind } from './growth.ts'
import { project } from './project.ts'
import { HOUR, NOW, noiseAt, sampled } from './sampled.contract.ts'

const share = (hour: number, period: number) => hour / period - Math.floor(hour / period)
/** Files that arrive at no certain time. */
const arrived = (hour: number) =>
  [-45, -41, -40.2, -33, -29, -26.5, -22, -21, -13, -9, -5.2, -4].filter((at) => at <= hour).length

interface Shape {
  kind: GrowthKind
  usedGb: (hour: number) => number
  gbPerHour: number
}

const SHAPES: Record<string, Shape> = {
  'a line': { kind: 'trend', usedGb: (hour) => 60 + hour, gbPerHour: 1 },
  'a line with noise': { kind: 'trend', usedGb: (hour) => 60 + hour + 0.1 * noiseAt(hour), gbPerHour: 1 },
  shrinking: { kind: 'trend', usedGb: (hour) => 60 - hour / 2, gbPerHour: -0.5 },
  'nothing at all': { kind: 'steady', usedGb: () => 60, gbPerHour: 0 },
  'nothing but noise': { kind: 'steady', usedGb: (hour) => 60 + noiseAt(hour), gbPerHour: 0 },
  'a leap': { kind: 'step', usedGb: (hour) => 60 + hour + (hour > -7 ? 30 : 0), gbPerHour: 1 },
  'a leap just now': { kind: 'step', usedGb: (hour) => 60 + hour + (hour >= 0 ? 30 : 0), gbPerHour: 1 },
  'a slope ten times as steep': {
    kind: 'step',
    usedGb: (hour) => 60 + hour + 9 * Math.max(0, hour + 1),
    gbPerHour: 10,
  },
  'arriving files': { kind: 'bursts', usedGb: (hour) => 60 + 0.2 * hour + 4 * arrived(hour), gbPerHour: 1.2 },
  rotation: { kind: 'saw-tooth', usedGb: (hour) => 60 + hour + 5 * share(hour + 0.4, 1.5), gbPerHour: 1 },
  days: { kind: 'daily', usedGb: (hour) => 60 + hour + 8 * Math.sin((hour * Math.PI) / 12), gbPerHour: 1 },
}

test.each(Object.entries(SHAPES))('recognises %s', (_, { kind, usedGb, gbPerHour }) => {
  const growth = estimateGrowth(sampled(48, usedGb), NOW)
  const description = growth && describeGrowth(growth)
  expect(description?.kind).toBe(kind)
  const perHour = ((description?.perSecond.p50 ?? Number.NaN) * 3600) / 1e9
  expect(Math.abs(perHour - gbPerHour)).toBeLessThan(kind === 'bursts' ? 0.2 : 0.03)
  expect(description?.perSecond.p10).toBeLessThanOrEqual(description?.perSecond.p50 ?? Number.NaN)
  expect(description?.perSecond.p90).toBeGreaterThanOrEqual(description?.perSecond.p50 ?? Number.NaN)
})

test('says nothing of fewer than three readings', () => {
  expect(estimateGrowth([], NOW)).toBeUndefined()
  expect(estimateGrowth(sampled(1, () => 1).slice(-2), NOW)).toBeUndefined()
})

test('takes a new slope for one within minutes', () => {
  const growth = estimateGrowth(
    sampled(24, (hour) => 60 + hour + 9 * Math.max(0, hour + 0.1)),
    NOW,
  )
  expect(growth && describeGrowth(growth).perSecond.p50 * 3.6e-6).toBeCloseTo(10, 1)
})

test('bears gaps', () => {
  const gappy = sampled(24, (hour) => 60 + hour).filter(
    ({ at }) => at < NOW - 15 * HOUR || at > NOW - 3 * HOUR,
  )
  const growth = estimateGrowth(gappy, NOW)
  expect(growth && describeGrowth(growth).perSecond.p50 * 3.6e-6).toBeCloseTo(1, 6)
})

const anySample = fc.record({
  at: fc.oneof(fc.integer({ min: NOW - 30 * HOUR, max: NOW + HOUR }), fc.double()),
  value: fc.oneof(fc.double({ min: 0, max: 1e13 }), fc.double()),
})

test('is never NaN, and never out of order, whatever is read', () => {
  fc.assert(
    fc.property(
      fc.array(anySample, { maxLength: 200 }),
      fc.double(),
      fc.double(),
      fc.double(),
      (samples, level, horizon, at) => {
        const growth = estimateGrowth(samples, NOW)
        if (!growth) return
        const { p10, p50, p90 } = project(growth, at)
        const slope = describeGrowth(growth).perSecond
        expect([p10, p50, p90, slope.p10, slope.p50, slope.p90].every(Number.isFinite)).toBe(true)
        expect(p10 <= p50 && p50 <= p90 && p10 >= 0).toBe(true)
        const reached = crossing(growth, level, horizon)
        const [first, second, third] = [reached.p10, reached.p50, reached.p90].map(
          (instant) => instant ?? Infinity,
        )
        expect(NOW <= first! && first! <= second! && second! <= third!).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('is the same for any unit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(SHAPES)),
      fc.integer({ min: -20, max: 20 }),
      ({ usedGb }, exponent) => {
        const factor = 2 ** exponent
        const samples = sampled(24, usedGb)
        const one = estimateGrowth(samples, NOW)!
        const other = estimateGrowth(
          samples.map(({ at, value }) => ({ at, value: value * factor })),
          NOW,
        )!
        expect(other.kind).toBe(one.kind)
        const level = one.latest * 1.1
        expect(crossing(other, level * factor, 24 * HOUR)).toEqual(crossing(one, level, 24 * HOUR))
      },
    ),
    { numRuns: 50 },
  )
})

test('moves with time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(SHAPES)),
      fc.integer({ min: -1e6, max: 1e6 }),
      ({ usedGb }, minutes) => {
        const samples = sampled(24, usedGb)
        const shift = minutes * 60_000
        const one = crossing(estimateGrowth(samples, NOW)!, 66e9, 24 * HOUR)
        const moved = samples.map(({ at, value }) => ({ at: at + shift, value }))
        const other = crossing(estimateGrowth(moved, NOW + shift)!, 66e9, 24 * HOUR)
        for (const part of ['p10', 'p50', 'p90'] as const) {
          expect((other[part] ?? 0) - (other[part] === null ? 0 : shift)).toBeCloseTo(one[part] ?? 0, -2)
        }
      },
    ),
    { numRuns: 50 },
  )
})

test.each([
  [3, 1],
  [4, 0.13],
  [6, 0.02],
])('is unsure of %i readings on one line', (count, doubt) => {
  const readings = Array.from({ length: count }, (_, index) => ({ at: index * 30_000, value: index * 3e6 }))
  const growth = estimateGrowth(readings, (count - 1) * 30_000)
  const rate = growth && describeGrowth(growth).perSecond
  expect(rate?.p50).toBeCloseTo(1e5)
  expect((rate?.p90 ?? 0) / 1e5 - 1).toBeGreaterThan(doubt)
})
