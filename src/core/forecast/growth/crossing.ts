import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { type Cycle, cycleAt } from './cycle.ts'
import type { Growth } from './growth.ts'
import { expectedHighest } from './noise.ts'
import { HOUR_MS } from './series.ts'
import { variance } from './spread.ts'

/**
 * When something reaches a level: by `p10` with a chance of one in ten, by `p90` of nine in ten. Null where
 * that is not within the horizon.
 */
export interface Crossing {
  p10: Instant | null
  p50: Instant | null
  p90: Instant | null
}

/** Hours from the estimate to a value. */
type Course = (lead: number) => number

const STEPS = 120
const STEPS_OF_A_CYCLE = 24
const MOST_STEPS = 20_000
const FURTHEST_HOURS = 10 * 366 * 24
/** What single readings rise above the highest to be expected, in standard deviations of their noise. */
const PEAK_SCATTER = 0.4
/** A level is seen to be reached by the next reading, which is half an interval later or less. */
const SEEN_LATER = 0.1

/**
 * When what is used rises to a level, from `now` of the estimate up to `horizon` (of at most ten years) later;
 * at `now` when the latest reading is there already. p10 is when a reading may be so high, noise included; p50
 * and p90 are of what lies below the noise.
 */
export function crossing(growth: Growth, level: number, horizon: Duration): Crossing {
  const { now, latest } = growth
  if (latest >= level) return { p10: now, p50: now, p90: now }
  const hours = Math.min(horizon / HOUR_MS, FURTHEST_HOURS)
  const { early, middle, late } = courses(growth)
  const highest = growth.cycles.reduce((sum, { offsets }) => sum + Math.max(...offsets), 0)
  const highestMiddle = Math.max(middle(0), middle(hours))
  const reach = (course: Course, most: number) => {
    if (most + highest < level) return null
    const lead = firstReach(course, growth.cycles, level, hours)
    return lead === undefined ? null : now + lead * HOUR_MS
  }
  // What lies above the middle becomes more from hour to hour, and so does what lies below it.
  return {
    p10: reach(early, highestMiddle + (early(hours) - middle(hours))),
    p50: reach(middle, highestMiddle),
    p90: reach(late, highestMiddle),
  }
}

/** What is reached early, commonly and late, without its cycles. */
function courses({ line, spread, noise, interval }: Growth): { early: Course; middle: Course; late: Course } {
  const middle = (lead: number) => line.level + line.slope * lead + spread.offset
  const slope = Math.max(line.slope, 0)
  const alike = (1.5 * noise) / Math.max(slope * interval, Number.MIN_VALUE)
  const peak = (lead: number) => {
    const readings = Math.max(1, Math.min(lead / interval, alike))
    return noise * (expectedHighest(readings) + PEAK_SCATTER)
  }
  return {
    early: (lead) => middle(lead) + spread.high * Math.sqrt(variance(spread, lead)) + peak(lead),
    middle,
    late: (lead) =>
      middle(lead) + spread.low * Math.sqrt(variance(spread, lead)) - SEEN_LATER * slope * interval,
  }
}

/**
 * The hours until a course with its cycles first reaches a level. It is looked at in steps that do not depend
 * on the level and is straight between them, so a higher level is never reached before a lower one.
 */
function firstReach(
  course: Course,
  cycles: readonly Cycle[],
  level: number,
  hours: number,
): number | undefined {
  if (!(hours >= 0)) return undefined
  const shortest = cycles.reduce((least, { period }) => Math.min(least, period), Number.POSITIVE_INFINITY)
  const steps = Math.min(MOST_STEPS, Math.max(STEPS, Math.ceil((hours / shortest) * STEPS_OF_A_CYCLE)))
  const highest = cycles.reduce((sum, { offsets }) => sum + Math.max(...offsets), 0)
  const value = (lead: number) => cycles.reduce((sum, cycle) => sum + cycleAt(cycle, lead), course(lead))
  for (let step = 0; step <= steps; step++) {
    const lead = (hours * step) / steps
    if (course(lead) + highest < level || !(value(lead) >= level)) continue
    if (step === 0) return 0
    const before = (hours * (step - 1)) / steps
    const low = value(before)
    return before + (lead - before) * ((level - low) / (value(lead) - low))
  }
  return undefined
}
