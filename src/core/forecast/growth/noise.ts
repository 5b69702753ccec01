import { quantile } from './series.ts'

const MOST_POINTS = 300

/**
 * The standard deviation of what changes from one reading to the next without lasting: how far readings lie
 * from the line between their neighbours. Robust: jumps and drops do not count.
 */
export function measurementNoise(hours: Float64Array, values: Float64Array): number {
  const stride = Math.ceil(values.length / MOST_POINTS)
  const deviations = new Float64Array(Math.max(0, Math.ceil((values.length - 2) / stride)))
  for (let place = 0; place < deviations.length; place++) {
    const index = 1 + place * stride
    const before = hours[index - 1] ?? 0
    const share = ((hours[index] ?? 0) - before) / ((hours[index + 1] ?? 0) - before)
    const between = (values[index - 1] ?? 0) * (1 - share) + (values[index + 1] ?? 0) * share
    const variance = 1 + share * share + (1 - share) ** 2
    deviations[place] = Math.abs((values[index] ?? 0) - between) / Math.sqrt(variance)
  }
  return quantile(deviations.sort(), 0.5) / 0.6745
}

/** The largest of `count` normal deviates to be expected, in standard deviations. */
export function expectedHighest(count: number): number {
  return count <= 1 ? 0 : Math.sqrt(2 * Math.log(count)) * (1 - 0.85 / (1 + Math.log(count)))
}
