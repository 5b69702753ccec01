import type { LineFitter } from './line.ts'
import { firstAtLeast, valueAt } from './series.ts'

const FEWEST_READINGS = 4
const MOST_WINDOWS = 40
const LONGEST_HOURS = 16
/** How many times the furthest slope of many, or of few, windows a slope must be off to be a new one. */
/** How much of the new slope each quarter of it must show at least. */
const EVENNESS = 0.4
const MANY_WINDOWS_FACTOR = 2.5
const FEW_WINDOWS_FACTOR = 4

/**
 * The index of the reading at which growth became what it is now: 0 unless it is now steeper or flatter than
 * it was ever seen before over as long a time, and has been so from then on.
 */
export function regimeStart(hours: Float64Array, lines: LineFitter, interval: number, noise: number): number {
  const span = -valueAt(hours, 0)
  let best = { contrast: 0, length: 0 }
  for (let length = 3.2 * interval; length < Math.min(span / 4, LONGEST_HOURS); length *= Math.SQRT2) {
    const contrast = novelty(hours, lines, length, noise)
    if (contrast > best.contrast) best = { contrast, length }
  }
  return best.length === 0 ? 0 : breakIndex(hours, lines, best.length)
}

/** How many times further than ever before the slope of the last hours is from the usual one; 0 when it is not. */
function novelty(hours: Float64Array, lines: LineFitter, length: number, noise: number): number {
  const end = hours.length
  const newest = valueAt(hours, end - 1)
  const first = firstAtLeast(hours, newest - length)
  const earlier = firstAtLeast(hours, newest - 1.5 * length)
  if (end - first < FEWEST_READINGS || earlier < FEWEST_READINGS) return 0
  const usual = lines.fit(0, earlier).slope
  const now = lines.fit(first, end).slope - usual
  const blur = (3.5 * noise) / (length * Math.sqrt((end - first) / 12))
  const beyond = Math.abs(now) - blur
  if (beyond < 0.3 * Math.abs(usual) || !isEven(hours, lines, first, { usual, now })) return 0
  const margin = furthestEarlier(hours, lines, { length, usual, enough: beyond / MANY_WINDOWS_FACTOR })
  return beyond > margin ? Math.abs(now) / (blur + margin) : 0
}

/** Whether each quarter since `first` lies above (or below) the one before, as a slope does and a leap does not. */
function isEven(
  hours: Float64Array,
  lines: LineFitter,
  first: number,
  { usual, now }: { usual: number; now: number },
): boolean {
  const edge = (quarter: number) => first + Math.round(((hours.length - first) * quarter) / 4)
  const middles = [0, 1, 2, 3].map((quarter) => lines.middle(edge(quarter), edge(quarter + 1)))
  return middles.slice(1).every(({ hour, value }, index) => {
    const before = middles[index] ?? { hour, value }
    return (value - before.value - usual * (hour - before.hour)) / now > EVENNESS * (hour - before.hour)
  })
}

/** How far the slope of any earlier window was from the usual one, times how far beyond it counts as new. */
function furthestEarlier(
  hours: Float64Array,
  lines: LineFitter,
  { length, usual, enough }: { length: number; usual: number; enough: number },
): number {
  const latest = valueAt(hours, hours.length - 1) - 1.5 * length
  const stride = Math.max(length / 2, (latest - valueAt(hours, 0) - length) / MOST_WINDOWS)
  let furthest = 0
  let windows = 0
  for (let end = latest; end - length >= valueAt(hours, 0) && furthest < enough; end -= stride) {
    const first = firstAtLeast(hours, end - length)
    const last = firstAtLeast(hours, end)
    if (last - first < FEWEST_READINGS) continue
    furthest = Math.max(furthest, Math.abs(lines.fit(first, last).slope - usual))
    windows++
  }
  if (windows < 3) return Number.POSITIVE_INFINITY
  return furthest * (windows >= 12 ? MANY_WINDOWS_FACTOR : FEW_WINDOWS_FACTOR)
}

/** Where two lines meet the readings about the change best. */
function breakIndex(hours: Float64Array, lines: LineFitter, length: number): number {
  const end = hours.length
  const from = firstAtLeast(hours, valueAt(hours, end - 1) - 4 * length)
  const latest = Math.min(end - 3, firstAtLeast(hours, valueAt(hours, end - 1) - length / 3))
  const stride = Math.max(1, Math.floor((latest - from) / 64))
  let best = {
    index: firstAtLeast(hours, valueAt(hours, end - 1) - length),
    squares: Number.POSITIVE_INFINITY,
  }
  for (let index = from + 3; index <= latest; index += stride) {
    const squares = lines.fit(from, index).squares + lines.fit(index, end).squares
    if (squares < best.squares) best = { index, squares }
  }
  return Math.min(best.index + (stride >> 1), end - 3)
}
