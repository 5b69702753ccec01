import type { Sample } from '../../src/core/forecast/growth/sample.ts'

const HOUR = 3_600_000

/**
 * When the line of Prometheus' `predict_linear(used[range], …)`, evaluated at `now`, reaches a level: least
 * squares over the samples of the range, with its intercept at the evaluation. Infinity when it never does.
 */
export function predictLinearCrossing(
  samples: readonly Sample[],
  now: number,
  rangeHours: number,
  level: number,
): number {
  let first = samples.length
  while (first > 0 && samples[first - 1]!.at > now - rangeHours * HOUR) first--
  const window = samples.slice(first)
  const origin = samples.at(-1)?.value ?? 0
  let [x, y, xx, xy] = [0, 0, 0, 0]
  for (const { at, value } of window) {
    const seconds = (at - now) / 1000
    x += seconds
    y += value - origin
    xx += seconds * seconds
    xy += seconds * (value - origin)
  }
  const slope = (xy - (x * y) / window.length) / (xx - (x * x) / window.length)
  const intercept = origin + y / window.length - slope * (x / window.length)
  if (intercept >= level) return now
  return slope > 0 ? now + ((level - intercept) / slope) * 1000 : Number.POSITIVE_INFINITY
}
