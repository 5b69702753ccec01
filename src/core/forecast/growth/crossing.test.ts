import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossing } from './crossing.ts'
import { estimateGrowth } from './estimate-growth.ts'
import type { Growth } from './growth.ts'
import { HOUR, NOW, noiseAt, sampled } from './sampled.contract.ts'

const GB = 1e9
const share = (hour: number, period: number) => hour / period - Math.floor(hour / period)

function grown(usedGb: (hour: number) => number): Growth {
  return estimateGrowth(sampled(48, usedGb), NOW)!
}

const line = grown((hour) => 60 + hour)
const noisy = grown((hour) => 60 + hour + noiseAt(hour))
const teeth = grown((hour) => 60 + hour + 5 * share(hour + 0.4, 1.5))
const days = grown((hour) => 60 + hour + 20 * Math.sin((hour * Math.PI) / 12) + 0.1 * noiseAt(hour))

test('a level that is reached already is reached now', () => {
  expect(crossing(line, 60 * GB, HOUR)).toEqual({ p10: NOW, p50: NOW, p90: NOW })
})

test.each<[string, Growth, number, number]>([
  ['beyond the horizon', line, 71 * GB, 10 * HOUR],
  ['of a shrinking use', grown((hour) => 60 - hour), 61 * GB, 100 * HOUR],
  ['of a use that stays', grown(() => 60), 61 * GB, 100 * HOUR],
  ['that is no number', line, Number.NaN, HOUR],
  ['within no time', line, 61 * GB, Number.NaN],
  ['without bounds', line, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])('a level %s is not reached', (_, growth, level, horizon) => {
  expect(crossing(growth, level, horizon)).toEqual({ p10: null, p50: null, p90: null })
})

test('a perfect line is reached when it says, of however many samples', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 3000 }),
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      (count, lead) => {
        const growth = estimateGrowth(sampled(50, (hour) => 60 + hour).slice(-count), NOW)!
        const { p50 } = crossing(growth, (60 + lead) * GB, 24 * HOUR)
        expect(Math.abs((p50 ?? 0) - NOW - lead * HOUR)).toBeLessThan(100)
      },
    ),
    { numRuns: 100 },
  )
})

test('noise widens what is said, and moves its middle little', () => {
  const { p10, p50, p90 } = crossing(noisy, 70 * GB, 24 * HOUR)
  const lead = (instant: number | null) => ((instant ?? Infinity) - NOW) / HOUR
  expect(Math.abs(lead(p50) - 10)).toBeLessThan(0.3)
  expect(lead(p10)).toBeLessThan(lead(p50))
  expect(lead(p90)).toBeLessThan(10.5)
})

describe('what comes back', () => {
  test('is reached at the top of a tooth', () => {
    // The fourth tooth from now is the first whose top (60 + 5.6 + 5) is above 70: at 70 it is 5.45 h from now.
    const { p50 } = crossing(teeth, 70 * GB, 24 * HOUR)
    expect(Math.abs(((p50 ?? 0) - NOW) / HOUR - 5.46)).toBeLessThan(0.1)
  })

  test('is reached at the time of day', () => {
    const { p50 } = crossing(days, 75 * GB, 24 * HOUR)
    const hour = ((p50 ?? 0) - NOW) / HOUR
    expect(60 + hour + 20 * Math.sin((hour * Math.PI) / 12)).toBeCloseTo(75, 0)
    expect(hour).toBeLessThan(6)
  })
})

test('a higher level is never reached before a lower one', () => {
  const levels = fc.double({ min: 55, max: 100, noNaN: true })
  fc.assert(
    fc.property(fc.constantFrom(line, noisy, teeth, days), levels, levels, (growth, one, other) => {
      const low = crossing(growth, Math.min(one, other) * GB, 24 * HOUR)
      const high = crossing(growth, Math.max(one, other) * GB, 24 * HOUR)
      for (const part of ['p10', 'p50', 'p90'] as const) {
        expect(low[part] ?? Infinity).toBeLessThanOrEqual(high[part] ?? Infinity)
      }
    }),
  )
})
