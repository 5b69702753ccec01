import { expect, test } from 'vitest'
import { estimateGrowth } from './estimate-growth.ts'
import { project } from './project.ts'
import { HOUR, NOW, noiseAt, sampled } from './sampled.contract.ts'

const noisy = estimateGrowth(
  sampled(24, (hour) => 30 + hour + 0.5 * noiseAt(hour)),
  NOW,
)!

test('foretells a line', () => {
  const { p10, p50, p90 } = project(
    estimateGrowth(
      sampled(24, (hour) => 30 + hour),
      NOW,
    )!,
    NOW + 10 * HOUR,
  )
  for (const value of [p10, p50, p90]) expect(value / 1e9).toBeCloseTo(40, 5)
})

test('is less sure the further it looks', () => {
  const widths = [0, 1, 6, 24].map((hours) => {
    const { p10, p90 } = project(noisy, NOW + hours * HOUR)
    return p90 - p10
  })
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
})

test('shows what comes back', () => {
  const daily = estimateGrowth(
    sampled(48, (hour) => 60 + 8 * Math.sin((hour * Math.PI) / 12)),
    NOW,
  )!
  expect([6, 12, 18, 24].map((hours) => Math.round(project(daily, NOW + hours * HOUR).p50 / 1e9))).toEqual([
    68, 60, 52, 60,
  ])
})

test('nothing is used by less than nothing', () => {
  const shrinking = estimateGrowth(
    sampled(24, (hour) => 5 - hour),
    NOW,
  )!
  expect(project(shrinking, NOW + 100 * HOUR)).toEqual({ p10: 0, p50: 0, p90: 0 })
})

test.each([NOW - HOUR, Number.NaN, Number.NEGATIVE_INFINITY])('is what holds now at %s', (at) => {
  expect(project(noisy, at)).toEqual(project(noisy, NOW))
})
