import { type Cycle, offsetAt } from './cycle.ts'
import { fitLines } from './line.ts'
import type { Move } from './moves.ts'
import { firstAtLeast, quantile, valueAt } from './series.ts'

/** A cycle that moves keep starting anew, such as rotation does, and the readings without it. */
export interface SawTooth {
  cycle: Cycle
  remainder: Float64Array
  /** From the lowest to the highest of the cycle. */
  height: number
}

const FEWEST_TEETH = 4
const TEETH_FOLDED = 24
const IRREGULARITY = 0.2
const MOST_UNEXPLAINED = 0.5

/**
 * Recognises drops (or rises) that come back after about the same time, and what usually happens between
 * two of them. Undefined when they don't, or explain little.
 */
export function findSawTooth(
  hours: Float64Array,
  values: Float64Array,
  moves: readonly Move[],
  interval: number,
): SawTooth | undefined {
  const begins = toothBegins(hours, moves)
  const lengths = begins.slice(1).map((begin, index) => begin - valueAt(begins, index))
  if (lengths.length < FEWEST_TEETH - 1) return undefined
  const usual = quantile(
    lengths.toSorted((a, b) => a - b),
    0.5,
  )
  const deviations = lengths.map((length) => Math.abs(length - usual)).sort((a, b) => a - b)
  const last = valueAt(begins, begins.length - 1)
  if (quantile(deviations, 0.7) > IRREGULARITY * usual + interval || -last > 1.6 * usual) return undefined

  const whole = lengths.filter((length) => length < 1.5 * usual && length > 0.5 * usual)
  const period = whole.reduce((total, length) => total + length, 0) / whole.length
  const offsets = fold(hours, values, begins.slice(-TEETH_FOLDED - 1), period / interval)
  const remainder = withoutTeeth(hours, values, begins, period, offsets)
  if (unexplained(hours, values, remainder, valueAt(begins, 0)) > MOST_UNEXPLAINED) return undefined
  return {
    cycle: { period, begin: last, offsets },
    remainder,
    height: Math.max(...offsets) - Math.min(...offsets),
  }
}

/** When the moves of the stronger direction ended, leaving out small ones. */
function toothBegins(hours: Float64Array, moves: readonly Move[]): number[] {
  const strength = moves.reduce((sum, { size }) => sum + size * Math.abs(size), 0)
  const same = moves.filter(({ size }) => size > 0 === strength > 0)
  const sizes = same.map(({ size }) => Math.abs(size)).sort((a, b) => a - b)
  const least = 0.4 * quantile(sizes, 0.8)
  return same
    .filter(({ size }) => Math.abs(size) >= least)
    .map(({ first, last }) => (valueAt(hours, first) + valueAt(hours, last)) / 2)
}

/** The usual course of a tooth, without its trend. */
function fold(
  hours: Float64Array,
  values: Float64Array,
  begins: readonly number[],
  readings: number,
): number[] {
  const bins = Math.max(3, Math.min(24, Math.round(readings / 2)))
  const first = firstAtLeast(hours, valueAt(begins, 0))
  const end = firstAtLeast(hours, valueAt(begins, begins.length - 1))
  const { slope, level } = fitLines(hours, values).fit(first, end)
  const sums = new Float64Array(bins)
  const counts = new Float64Array(bins)
  let tooth = 0
  for (let index = first; index < end; index++) {
    while (valueAt(hours, index) >= valueAt(begins, tooth + 1) && tooth < begins.length - 2) tooth++
    const begin = valueAt(begins, tooth)
    const share = (valueAt(hours, index) - begin) / (valueAt(begins, tooth + 1) - begin)
    const bin = Math.max(0, Math.min(bins - 1, Math.floor(share * bins)))
    sums[bin] = valueAt(sums, bin) + valueAt(values, index) - level - slope * valueAt(hours, index)
    counts[bin] = valueAt(counts, bin) + 1
  }
  const means = Array.from(sums, (sum, bin) =>
    valueAt(counts, bin) > 0 ? sum / valueAt(counts, bin) : undefined,
  )
  return edges(means.filter((mean) => mean !== undefined))
}

/** From the middles of the bins to their edges; the outermost follow the slope beside them. */
function edges(means: readonly number[]): number[] {
  const last = means.length - 1
  return Array.from({ length: means.length + 1 }, (_, edge) => {
    if (edge === 0) return 1.5 * valueAt(means, 0) - 0.5 * valueAt(means, Math.min(1, last))
    if (edge > last) return 1.5 * valueAt(means, last) - 0.5 * valueAt(means, Math.max(0, last - 1))
    return (valueAt(means, edge - 1) + valueAt(means, edge)) / 2
  })
}

function withoutTeeth(
  hours: Float64Array,
  values: Float64Array,
  begins: readonly number[],
  period: number,
  offsets: readonly number[],
): Float64Array {
  let tooth = -1
  return values.map((value, index) => {
    const hour = valueAt(hours, index)
    while (tooth < begins.length - 1 && hour >= valueAt(begins, tooth + 1)) tooth++
    const begin = tooth < 0 ? valueAt(begins, 0) - period : valueAt(begins, tooth)
    const end = begins[tooth + 1] ?? begin + period
    const length = end - begin < 1.5 * period ? end - begin : period
    const periods = (hour - begin) / length
    return value - offsetAt(offsets, periods - Math.floor(periods))
  })
}

/** Which share of the variance about a line is left without the teeth. */
function unexplained(
  hours: Float64Array,
  values: Float64Array,
  remainder: Float64Array,
  from: number,
): number {
  const first = firstAtLeast(hours, from)
  const before = fitLines(hours, values).fit(first, hours.length).squares
  return before > 0 ? fitLines(hours, remainder).fit(first, hours.length).squares / before : 1
}
