import type { Instant } from '../../units/instant.ts'
import type { Sample } from './sample.ts'

/**
 * Readings made fit to reckon with: in order, of one clock, in hours from `now` (so none is above 0) and in
 * `unit` above `origin`, so that neither the epoch nor the size of a disk costs precision.
 */
export interface Series {
  now: Instant
  hours: Float64Array
  values: Float64Array
  origin: number
  unit: number
  /** The usual time between two readings, in hours. */
  interval: number
}

export const HOUR_MS = 3_600_000
const OLDEST_HOURS = 14 * 24
const MOST_SAMPLES = 6000
const MOST_COUNTED = 2 ** 80

/**
 * Reads at most some 6,000 samples: when there are more, every newest one of the last quarter of them and an even
 * choice of the older. Left out is what cannot be a reading: values that are negative, not finite or beyond
 * 2^80, instants after `now` or over 14 days before it. Where the clock went back, what was read before that
 * counts only up to where it went back to; of two readings of one instant, the later in order counts. What lies
 * so long before all others that these are one point beside it makes a line of two points, and counts no more.
 */
export function readSeries(samples: readonly Sample[], now: Instant): Series | undefined {
  const most = Math.min(samples.length, MOST_SAMPLES + 1)
  const hours = new Float64Array(most)
  const values = new Float64Array(most)
  let free = most
  let before = Number.POSITIVE_INFINITY
  for (let index = samples.length - 1; index >= 0; index -= stride(samples.length, index)) {
    const sample = samples[index]
    if (!sample || !isReading(sample, now) || sample.at >= before) continue
    before = sample.at
    free--
    hours[free] = (sample.at - now) / HOUR_MS
    values[free] = sample.value
  }
  free = afterLoneReadings(hours, free)
  return most - free < FEWEST_READINGS
    ? undefined
    : normalise(now, hours.subarray(free), values.subarray(free))
}

/** Less makes no line. */
const FEWEST_READINGS = 3

/** A gap that takes up more of the time than this leaves a point on either side of it. */
const LONGEST_GAP = 0.9

/** The index of the first reading after a gap that leaves the others one point. */
function afterLoneReadings(hours: Float64Array, first: number): number {
  const span = valueAt(hours, hours.length - 1) - valueAt(hours, first)
  for (let index = hours.length - 1; index > first; index--) {
    const gap = valueAt(hours, index) - valueAt(hours, index - 1)
    if (gap > LONGEST_GAP * span) return afterLoneReadings(hours, index)
  }
  return first
}

function stride(count: number, index: number): number {
  if (count <= MOST_SAMPLES || index >= count - MOST_SAMPLES / 4) return 1
  return Math.ceil(count / (MOST_SAMPLES * 0.75))
}

function isReading({ at, value }: Sample, now: Instant): boolean {
  return value >= 0 && value <= MOST_COUNTED && at <= now && at >= now - OLDEST_HOURS * HOUR_MS
}

function normalise(now: Instant, hours: Float64Array, values: Float64Array): Series {
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const origin = values.at(-1) ?? 0
  const unit = most > least ? most - least : 1
  for (let index = 0; index < values.length; index++) values[index] = ((values[index] ?? 0) - origin) / unit
  return { now, hours, values, origin, unit, interval: usualInterval(hours) }
}

/** The median of up to 101 of the intervals. */
function usualInterval(hours: Float64Array): number {
  const step = Math.max(1, Math.floor((hours.length - 1) / 101))
  const intervals: number[] = []
  for (let index = hours.length - 1; index > 0; index -= step) {
    intervals.push((hours[index] ?? 0) - (hours[index - 1] ?? 0))
  }
  return quantile(
    intervals.sort((a, b) => a - b),
    0.5,
  )
}

/** A quantile of numbers in ascending order, interpolated; 0 of none. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const position = (ascending.length - 1) * share
  const below = Math.floor(position)
  const low = ascending[below] ?? 0
  return low + (position - below) * ((ascending[below + 1] ?? low) - low)
}

/** The first index whose number is at least `least`, in ascending numbers; their count when there is none. */
export function firstAtLeast(ascending: Float64Array, least: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] ?? 0) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** The number at an index that is known to be one. */
export function valueAt(numbers: ArrayLike<number>, index: number): number {
  return numbers[index] ?? 0
}
