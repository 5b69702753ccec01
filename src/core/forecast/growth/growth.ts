import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'

/** A straight line through the first and the last sample. */
export interface Growth {
  kind: 'trend'
  /** Per millisecond. */
  slope: number
  at: Instant
  value: number
}

/** How a series grows; undefined for less than two samples. */
export function estimateGrowth(
  samples: readonly { at: Instant; value: number }[],
  now: Instant,
): Growth | undefined {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at <= first.at) return undefined
  return {
    kind: 'trend',
    slope: (last.value - first.value) / (last.at - first.at),
    at: now,
    value: last.value,
  }
}

/** When a level is reached; null when not within the horizon. */
export function crossing({ at, value, slope }: Growth, level: number, horizon: Duration) {
  const reached = slope > 0 ? at + (level - value) / slope : Infinity
  const instant = reached <= at + horizon ? reached : null
  return { p10: instant, p50: instant, p90: instant }
}

/** The value at an instant. */
export function project(growth: Growth, at: Instant) {
  const value = growth.value + growth.slope * (at - growth.at)
  return { p10: value, p50: value, p90: value }
}

/** Per second. */
export function growthRate({ slope }: Growth) {
  return { p10: slope * 1000, p50: slope * 1000, p90: slope * 1000 }
}
