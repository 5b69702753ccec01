import type { Instant } from '../../units/instant.ts'
import { cycleAt } from './cycle.ts'
import type { Growth } from './growth.ts'
import { HOUR_MS } from './series.ts'
import { NORMAL, variance } from './spread.ts'

const FURTHEST_HOURS = 10 * 366 * 24

/** What may be used at an instant, in bytes (or inodes): below p10 in one case of ten, below p90 in nine. */
export interface Projection {
  p10: number
  p50: number
  p90: number
}

/**
 * Foretells what a reading shows at an instant, never below 0; at most ten years ahead. Before `now` of the
 * estimate, and where `at` is no number, it is what holds at `now`.
 */
export function project(growth: Growth, at: Instant): Projection {
  const { now, line, cycles, spread, noise } = growth
  const hours = (at - now) / HOUR_MS
  const lead = hours > 0 ? Math.min(hours, FURTHEST_HOURS) : 0
  const middle = cycles.reduce((sum, cycle) => sum + cycleAt(cycle, lead), line.level + line.slope * lead)
  const deviation = Math.sqrt(variance(spread, lead))
  const around = NORMAL * noise + Math.abs(spread.offset)
  const value = (shown: number) => Math.max(0, shown)
  return {
    p10: value(middle + spread.low * deviation - around),
    p50: value(middle),
    p90: value(middle + spread.high * deviation + around),
  }
}
