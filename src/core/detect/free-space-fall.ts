import type { Instant } from '../units/instant.ts'

/** How much is available at an instant: bytes, or inodes. */
export interface AvailableReading {
  at: Instant
  available: number
}

/** A fall of what is available: from where, to where, and when. */
export interface Fall {
  from: AvailableReading
  to: AvailableReading
}

const BASELINE_READINGS = 60
const TREND_READINGS = 300
const BURST_FACTOR = 2

/**
 * The fall that led below a level: from the last reading at which what is available sank no faster
 * than it commonly did before, to the first reading at (nearly) its lowest before it recovered.
 * @param readings oldest first
 * @param crossing the index of the first reading below the level
 * @param level what the kubelet acts below
 */
export function findFall(
  readings: readonly AvailableReading[],
  crossing: number,
  level: number,
): Fall | undefined {
  const crossed = readings[crossing]
  if (!crossed) return undefined
  const from = readings[fallStart(readings, crossing)] ?? crossed
  const to = lowest(readings, crossing, level) ?? crossed
  return { from, to }
}

function fallStart(readings: readonly AvailableReading[], crossing: number): number {
  const common = median(sinkRates(readings, Math.max(1, crossing - BASELINE_READINGS), crossing))
  let start = crossing
  while (start > 0 && sinkRate(readings, start) > BURST_FACTOR * common) start--
  return start < crossing ? start : highest(readings, Math.max(0, crossing - TREND_READINGS), crossing)
}

function highest(readings: readonly AvailableReading[], first: number, last: number): number {
  let best = last
  for (let index = last; index >= first; index--) {
    if ((readings[index]?.available ?? 0) > (readings[best]?.available ?? 0)) best = index
  }
  return best
}

function lowest(
  readings: readonly AvailableReading[],
  crossing: number,
  level: number,
): AvailableReading | undefined {
  const recovered = readings.findIndex(({ available }, index) => index > crossing && available >= level)
  const low = readings.slice(crossing, recovered === -1 ? undefined : recovered)
  const least = Math.min(...low.map(({ available }) => available))
  const nearly = level * 0.002
  return low.find(({ available }) => available <= least + nearly)
}

function sinkRates(readings: readonly AvailableReading[], first: number, last: number): number[] {
  const rates: number[] = []
  for (let index = first; index <= last; index++) rates.push(Math.max(0, sinkRate(readings, index)))
  return rates
}

/** How fast it sank just before a reading, per millisecond; negative when it rose. */
function sinkRate(readings: readonly AvailableReading[], index: number): number {
  const before = readings[index - 1]
  const now = readings[index]
  if (!before || !now || now.at <= before.at) return 0
  return (before.available - now.available) / (now.at - before.at)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
