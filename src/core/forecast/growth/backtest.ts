import type { Grid } from './grid.ts'
import { fitLines, isPlain, type Line, type LineFitter } from './line.ts'
import { firstAtLeast, valueAt } from './series.ts'

/** How far the readings after an origin were from what a predictor said there, `lead` hours before. */
export interface Miss {
  lead: number
  /** From the mean about that hour. */
  ofMean: number
  /** From the highest until that hour. */
  ofHigh: number
}

/** A line of each predictor through what is known before the stretch `end`, and the hours each looked back. */
type Predictor = (grid: Grid, lines: LineFitter, end: number) => Line

/** Shares of the history that predictors look back. */
const LOOK_BACK = [1, 0.5, 0.25, 0.125]
const ORIGINS = 12
const LEADS = [1 / 32, 1 / 16, 1 / 8, 1 / 4]
const FEWEST_STRETCHES = 16
const SHARPNESS = 6
/** How much nearer than the ones that look back over everything the others must have come to count as much. */
const HANDICAPS = [1, 1, 1.3, 1.3, 1.5, 1.5, 1.8, 1.8, 1]

/** Least squares over a share of the history: as fitted, or moved to go through the last stretch. */
const PREDICTORS: readonly Predictor[] = LOOK_BACK.flatMap((share) => {
  const fitted: Predictor = (grid, lines, end) => lines.fit(windowStart(grid, end, share), end)
  const moved: Predictor = (grid, lines, end) => throughLast(grid, end, fitted(grid, lines, end).slope)
  return [fitted, moved]
}).concat((grid, _, end) => throughLast(grid, end, endToEndSlope(grid, end)))

const WINDOWS = [...LOOK_BACK.flatMap((share) => [share, share]), 1]

/** What the predictors that were near say together, how near they were, and how far they look back in hours. */
export interface Prediction {
  line: Line
  lookBack: number
  misses: Miss[]
}

/**
 * Lets every predictor foretell the later readings from the earlier, and weighs them by how near they came.
 * With fewer than 16 stretches nothing can be tried: the line through all of them.
 */
export function predict(grid: Grid, noiseOfMeans: number): Prediction {
  const count = grid.hours.length
  const lines = fitLines(grid.hours, grid.means)
  const span = -valueAt(grid.hours, 0)
  const whole = lines.fit(0, count)
  if (count < FEWEST_STRETCHES || isPlain(whole, noiseOfMeans))
    return { line: whole, lookBack: span, misses: [] }

  const tried = PREDICTORS.map((predictor) => tryOut(grid, lines, predictor))
  const scores = tried.map((misses, index) => score(misses) * valueAt(HANDICAPS, index))
  const best = Math.min(...scores)
  const weights = scores.map((each) => (each > 0 ? (best / each) ** SHARPNESS : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const mix = (values: readonly number[]) =>
    values.reduce((sum, value, index) => sum + (value * valueAt(weights, index)) / total, 0)
  const latest = PREDICTORS.map((predictor) => predictor(grid, lines, count))
  return {
    line: { slope: mix(latest.map(({ slope }) => slope)), level: mix(latest.map(({ level }) => level)) },
    lookBack: span * mix(WINDOWS),
    misses: (tried[0] ?? []).map(({ lead }, miss) => ({
      lead,
      ofMean: mix(tried.map((misses) => misses[miss]?.ofMean ?? 0)),
      ofHigh: mix(tried.map((misses) => misses[miss]?.ofHigh ?? 0)),
    })),
  }
}

function tryOut(grid: Grid, lines: LineFitter, predictor: Predictor): Miss[] {
  const last = grid.hours.length - 1
  const misses: Miss[] = []
  for (let origin = 0; origin < ORIGINS; origin++) {
    const known = Math.round(last * (0.4 + (0.56 * origin) / (ORIGINS - 1)))
    const line = predictor(grid, lines, known + 1)
    const said = (hour: number) => line.level + line.slope * hour
    let high = Number.NEGATIVE_INFINITY
    let next = known + 1
    for (const share of LEADS) {
      const target = known + Math.max(1, Math.round(share * last))
      if (target > last) break
      for (; next <= target; next++) high = Math.max(high, valueAt(grid.highs, next))
      misses.push({
        lead: valueAt(grid.hours, target) - valueAt(grid.hours, known),
        ofMean: valueAt(grid.means, target) - said(valueAt(grid.hours, target)),
        ofHigh: high - Math.max(said(valueAt(grid.ends, known)), said(valueAt(grid.ends, target))),
      })
    }
  }
  return misses
}

function score(misses: readonly Miss[]): number {
  return misses.reduce((sum, { lead, ofMean }) => sum + Math.abs(ofMean) / lead ** 0.75, 0)
}

function windowStart({ hours }: Grid, end: number, share: number): number {
  if (share === 1) return 0
  const last = valueAt(hours, end - 1)
  return Math.max(0, Math.min(end - 3, firstAtLeast(hours, last - share * (last - valueAt(hours, 0)))))
}

function throughLast({ hours, means }: Grid, end: number, slope: number): Line {
  return { slope, level: valueAt(means, end - 1) - slope * valueAt(hours, end - 1) }
}

function endToEndSlope({ hours, means }: Grid, end: number): number {
  const span = valueAt(hours, end - 1) - valueAt(hours, 0)
  return span > 0 ? (valueAt(means, end - 1) - valueAt(means, 0)) / span : 0
}
