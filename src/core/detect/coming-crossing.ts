import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import type { AvailableReading, Fall } from './free-space-fall.ts'

/** Over less nobody can tell a fall from a single write. */
const SHORTEST: Duration = 10_000
/** What went on for longer is a trend, which a forecast tells. */
const LONGEST: Duration = 5 * 60_000
/** Nobody is roused for what is further off: most of what grows for minutes ends by itself. */
const FURTHEST: Duration = 2 * 60_000
/** No quarter of a fall is slower than this part of all of it: it goes on, and evenly. */
const LEAST_PACE = 1 / 3
/** It rises by no more than this part of all of it in between: logs that are rotated go up and down. */
const MOST_RISE = 0.1
/** And this part of it leads lower than it has been of late: what only comes and goes ends where it did before. */
const LEAST_NEW = 1 / 3

/** A level that is going to be crossed, if what is available sinks on as it did of late. */
export interface ComingCrossing {
  fall: Fall
  expectedAt: Instant
}

/**
 * Whether what is available is about to sink below a level: told from how it sank evenly up to the latest reading, for
 * 10 seconds to 5 minutes, and as far ahead as it has gone on for, 2 minutes at most; of several paces by the fastest.
 * @param readings oldest first
 */
export function comingCrossing(
  readings: readonly AvailableReading[],
  below: number,
): ComingCrossing | undefined {
  const to = readings.at(-1)
  if (!to || to.available < below) return undefined
  let soonest: ComingCrossing | undefined
  const first = readings.findIndex(({ at }) => at >= to.at - LONGEST)
  for (let index = first; index < readings.length; index++) {
    const from = readings[index]
    if (!from || to.at - from.at < SHORTEST) break
    const pace = paceOf(from, to)
    const left = (to.available - below) / pace
    if (pace <= 0 || left > Math.min(to.at - from.at, FURTHEST)) continue
    const expectedAt = to.at + left
    if (expectedAt < (soonest?.expectedAt ?? Infinity) && isEven(readings, index, pace)) {
      soonest = { fall: { from, to }, expectedAt }
    }
  }
  return soonest
}

function isEven(readings: readonly AvailableReading[], first: number, pace: number): boolean {
  const within = readings.slice(first)
  const [from, to] = [within[0], within.at(-1)]
  if (!from || !to) return false
  const fell = from.available - to.available
  const before = readings.slice(0, first).filter(({ at }) => at >= to.at - LONGEST)
  const parts = quarters(within)
  return (
    parts.length > 1 &&
    parts.every(([begin, end]) => paceOf(begin, end) >= LEAST_PACE * pace) &&
    largestRise(within) <= MOST_RISE * fell &&
    before.every(({ available }) => available - to.available >= LEAST_NEW * fell)
  )
}

/** The quarters of a time, as far as readings tell them apart. */
function quarters(readings: readonly AvailableReading[]): [AvailableReading, AvailableReading][] {
  const [from, to] = [readings[0], readings.at(-1)]
  if (!from || !to) return []
  const marks = [0, 1, 2, 3, 4].flatMap(
    (quarter) => readings.find(({ at }) => at >= from.at + ((to.at - from.at) * quarter) / 4) ?? [],
  )
  const distinct = [...new Set(marks)]
  return distinct.slice(1).map((end, index) => [distinct[index] ?? from, end])
}

function largestRise(readings: readonly AvailableReading[]): number {
  let [lowest, rise] = [Infinity, 0]
  for (const { available } of readings) {
    lowest = Math.min(lowest, available)
    rise = Math.max(rise, available - lowest)
  }
  return rise
}

/** How much less there is, per millisecond. */
function paceOf(from: AvailableReading, to: AvailableReading): number {
  return (from.available - to.available) / (to.at - from.at)
}
