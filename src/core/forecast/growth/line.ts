/** A straight line: `level` at hour 0 (which is now), `slope` an hour. */
export interface Line {
  slope: number
  level: number
}

/** A line fitted by least squares, with the sum of its squared residuals and how many points it went through. */
export interface FittedLine extends Line {
  squares: number
  count: number
}

/** Fits lines to any stretch of some points in constant time. */
export interface LineFitter {
  /** The line through the points of the indices `first` to before `end`; flat when they are of one hour. */
  fit(first: number, end: number): FittedLine
  /** The mean of the points of the indices `first` to before `end`. */
  middle(first: number, end: number): { hour: number; value: number }
}

/** Sums from the newest point backwards, since recent stretches are short and want the precision. */
export function fitLines(hours: Float64Array, values: Float64Array): LineFitter {
  const sums = new Float64Array((hours.length + 1) * 5)
  let [sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0]
  for (let index = hours.length - 1; index >= 0; index--) {
    const x = hours[index] ?? 0
    const y = values[index] ?? 0
    const place = index * 5
    sums[place] = sx += x
    sums[place + 1] = sy += y
    sums[place + 2] = sxx += x * x
    sums[place + 3] = sxy += x * y
    sums[place + 4] = syy += y * y
  }
  const sum = (first: number, end: number, part: number) =>
    (sums[first * 5 + part] ?? 0) - (sums[end * 5 + part] ?? 0)
  return {
    middle(first, end) {
      const count = Math.max(1, end - first)
      return { hour: sum(first, end, 0) / count, value: sum(first, end, 1) / count }
    },
    fit(first, end) {
      const count = end - first
      if (count <= 0) return { slope: 0, level: 0, squares: 0, count: 0 }
      const x = sum(first, end, 0) / count
      const y = sum(first, end, 1) / count
      const xx = sum(first, end, 2) - x * x * count
      const xy = sum(first, end, 3) - x * y * count
      const yy = sum(first, end, 4) - y * y * count
      const slope = xx > 1e-12 * count ? xy / xx : 0
      return { slope, level: y - slope * x, squares: Math.max(0, yy - slope * xy), count }
    },
  }
}

const MOST_ABOVE_NOISE = 1.5
const ROUNDING = 1e-12

/** Whether what a line leaves of means is no more than the noise of the measurement. */
export function isPlain({ squares, count }: FittedLine, noiseOfMeans: number): boolean {
  return squares / count <= MOST_ABOVE_NOISE * noiseOfMeans ** 2 + ROUNDING
}
