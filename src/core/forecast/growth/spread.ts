import type { Prediction } from './backtest.ts'
import { expectedHighest } from './noise.ts'
import { quantile } from './series.ts'

/**
 * How far the truth may be from a line after `lead` hours. The variance is
 * `about + walk · lead · (1 + lead / lookBack) + (doubt · lead)²`, widened below and above by `low` and `high`.
 */
export interface Spread {
  /** How far the highest readings are above the line, commonly. */
  offset: number
  about: number
  /** Of a random walk, an hour. */
  walk: number
  lookBack: number
  /** The standard deviation of the slope. */
  doubt: number
  /** Standard deviations to the 10th and to the 90th percentile; the first is negative. */
  low: number
  high: number
}

/** How uncertain the trend of a series is, beyond what its own forecasts missed. */
export interface Blur {
  noise: number
  interval: number
  readings: number
  /** How many means the readings were gathered into. */
  stretches: number
  span: number
}

/** The 90th percentile of a normal deviate. */
export const NORMAL = 1.2816
/** What holds p90 back when nothing but noise is seen: p10 is early enough to make up for it. */
const LOW_OF_NOISE = -0.6
/** Forecasts tried on few, overlapping stretches, of which the best were chosen, look nearer than they are. */
const WIDEN = 1.6
const TRUSTED_MISSES = 12

/** Measures how far a prediction was off on the series itself. */
export function measureSpread({ line, lookBack, misses }: Prediction, blur: Blur): Spread {
  const { noise, interval, readings, stretches, span } = blur
  const used = Math.max(2, (readings * lookBack) / Math.max(span, 1e-9))
  const doubt = Math.max(
    (noise * Math.sqrt(12 / used)) / Math.max(lookBack, interval),
    // A few means are on one line by chance.
    Math.abs(line.slope) / Math.max(1, stretches - 2) ** 3,
  )
  const base = {
    offset: 0,
    about: (4 * noise * noise) / used,
    walk: 0,
    lookBack,
    doubt,
    low: LOW_OF_NOISE,
    high: NORMAL,
  }
  if (misses.length === 0) return base

  const nearTop = (noise * 1.5) / Math.max(Math.abs(line.slope) * interval, 1e-12)
  const above = misses.map(({ lead, ofHigh, ofMean }) => {
    const alike = Math.max(1, Math.min(lead / interval, nearTop))
    return { lead, ofHigh: ofHigh - noise * expectedHighest(alike), ofMean }
  })
  const hidden = middle(above.map(({ ofHigh, ofMean }) => ofHigh - ofMean))
  const isStructured = hidden > noise
  const offset = isStructured ? middle(above.map(({ ofHigh }) => ofHigh)) : 0
  const errors = above.map(({ lead, ofHigh, ofMean }) => ({
    lead,
    error: (isStructured ? ofHigh : ofMean) - offset,
  }))
  const bucketNoise = (noise * noise * stretches) / readings
  return scaled({ ...base, offset }, errors, bucketNoise)
}

/** Fits variance to lead, then the percentiles to what is left. */
function scaled(
  base: Spread,
  errors: readonly { lead: number; error: number }[],
  bucketNoise: number,
): Spread {
  const path = (lead: number) => lead * (1 + lead / base.lookBack)
  const byLead = errors.toSorted((a, b) => a.lead - b.lead)
  const [near, far] = [byLead.slice(0, byLead.length >> 1), byLead.slice(byLead.length >> 1)]
  const square = (group: typeof byLead) => mean(group.map(({ error }) => error * error))
  const nearPath = mean(near.map(({ lead }) => path(lead)))
  const farPath = mean(far.map(({ lead }) => path(lead)))
  const walk = farPath > nearPath ? Math.max(0, (square(far) - square(near)) / (farPath - nearPath)) : 0
  const about = Math.max(0, (walk > 0 ? square(near) : square(byLead)) - walk * nearPath)
  const spread = { ...base, walk, about: base.about + Math.max(0, about - bucketNoise) }
  const ratios = errors
    .map(({ lead, error }) => error / Math.sqrt(variance(spread, lead) + bucketNoise))
    .filter((ratio) => Number.isFinite(ratio))
    .sort((a, b) => a - b)
  const trust = ratios.length / (ratios.length + TRUSTED_MISSES)
  const percentile = (share: number, normal: number) => trust * quantile(ratios, share) + (1 - trust) * normal
  return {
    ...spread,
    low: WIDEN * Math.min(-0.5, percentile(0.1, -NORMAL)),
    high: WIDEN * Math.max(0.5, percentile(0.9, NORMAL)),
  }
}

/** The variance of the value after so many hours. */
export function variance({ about, walk, lookBack, doubt }: Spread, lead: number): number {
  return about + walk * lead * (1 + lead / Math.max(lookBack, 1e-9)) + (doubt * lead) ** 2
}

/** The standard deviation of the slope, an hour. */
export function slopeDeviation({ walk, lookBack, doubt }: Spread): number {
  return Math.sqrt(doubt ** 2 + walk / Math.max(lookBack, 1e-9))
}

function middle(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
