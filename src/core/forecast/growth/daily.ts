import type { Cycle } from './cycle.ts'
import type { Grid } from './grid.ts'
import { solve } from './least-squares.ts'
import { fitLines, isPlain, type Line } from './line.ts'
import { firstAtLeast, valueAt } from './series.ts'

const DAY_HOURS = 24
const SHORTEST_SPAN_HOURS = 18
const SHORTEST_FIT_HOURS = 13
const HARMONICS = [1, 2, 4]
const MOST_HARMONICS = 4
const WIDTH = 2 + 2 * MOST_HARMONICS
const ORIGINS = 5
const TARGETS = 4
const BETTER_THAN_LINES = 0.3
const POINTS = 96
const RIDGE = 1e-6

/** A cycle of 24 h, and by how much it was off, on average, where it was tried. */
export interface DailyCycle {
  cycle: Cycle
  error: number
}

/**
 * Recognises what comes back every 24 h, from 18 h of readings on: a line with waves of a day, where it
 * would have foretold the later readings from the earlier much better than lines.
 */
export function findDailyCycle(grid: Grid, noiseOfMeans: number): DailyCycle | undefined {
  const span = -valueAt(grid.hours, 0)
  if (span < SHORTEST_SPAN_HOURS || grid.hours.length < 48) return undefined
  if (isPlain(fitLines(grid.hours, grid.means).fit(0, grid.hours.length), noiseOfMeans)) return undefined
  const least = Math.max(0.6, SHORTEST_FIT_HOURS / span)
  const errors = HARMONICS.map(() => 0)
  const waves = waveFitter(grid)
  let lineErrors = [0, 0, 0]
  for (let origin = 0; origin < ORIGINS; origin++) {
    const hour = -span * (1 - least - (origin / ORIGINS) * (0.95 - least))
    const end = firstAtLeast(grid.hours, hour)
    HARMONICS.forEach((count, index) => {
      const coefficients = waves.fit(end, count)
      errors[index] = valueAt(errors, index) + missed(grid, end, (when) => valueOf(coefficients, when))
    })
    lineErrors = referenceLines(grid, end).map(
      ({ slope, level }, index) =>
        valueAt(lineErrors, index) + missed(grid, end, (when) => level + slope * when),
    )
  }
  const best = errors.indexOf(Math.min(...errors))
  if (!(valueAt(errors, best) < BETTER_THAN_LINES * Math.min(...lineErrors))) return undefined
  const cycle = cycleOf(waves.fit(grid.hours.length, HARMONICS[best] ?? 1))
  return { cycle, error: valueAt(errors, best) / (ORIGINS * TARGETS) }
}

/** How far a forecast from before `end` is from four readings after it, together. */
function missed(grid: Grid, end: number, forecast: (hour: number) => number): number {
  let sum = 0
  for (let part = 1; part <= TARGETS; part++) {
    const index = end + Math.round(((grid.hours.length - 1 - end) * part) / TARGETS)
    sum += Math.abs(valueAt(grid.means, index) - forecast(valueAt(grid.hours, index)))
  }
  return sum
}

function referenceLines(grid: Grid, end: number): Line[] {
  const last = end - 1
  const lines = fitLines(grid.hours.subarray(0, end), grid.means)
  const through = (slope: number) => ({
    slope,
    level: valueAt(grid.means, last) - slope * valueAt(grid.hours, last),
  })
  return [through(lines.fit(0, end).slope), through(lines.fit(end >> 1, end).slope), through(0)]
}

/** Least squares over the first stretches, by sums that are taken once. */
function waveFitter({ hours, means }: Grid): { fit(end: number, harmonics: number): Float64Array } {
  const matrix = new Float64Array(WIDTH * WIDTH)
  const right = new Float64Array(WIDTH)
  let counted = 0
  return {
    fit(end, harmonics) {
      for (; counted < end; counted += 2)
        addPoint(matrix, right, valueAt(hours, counted), valueAt(means, counted))
      const ridged = matrix.slice()
      for (let row = 2; row < WIDTH; row++) {
        ridged[row * WIDTH + row] = valueAt(ridged, row * WIDTH + row) + RIDGE * counted * row * row
      }
      return solve(ridged, right, 2 + 2 * harmonics, WIDTH)
    },
  }
}

function addPoint(matrix: Float64Array, right: Float64Array, hour: number, value: number): void {
  const row = basis(hour, MOST_HARMONICS)
  for (let first = 0; first < WIDTH; first++) {
    const factor = row[first] ?? 0
    right[first] = (right[first] ?? 0) + factor * value
    for (let second = first; second < WIDTH; second++) {
      const place = second * WIDTH + first
      matrix[place] = (matrix[place] ?? 0) + factor * (row[second] ?? 0)
    }
  }
}

/** 1, days, and the cosine and sine of each wave. */
function basis(hour: number, harmonics: number): Float64Array {
  const row = new Float64Array(2 + 2 * harmonics)
  const cosine = Math.cos((2 * Math.PI * hour) / DAY_HOURS)
  const sine = Math.sin((2 * Math.PI * hour) / DAY_HOURS)
  row[0] = 1
  row[1] = hour / DAY_HOURS
  let [re, im] = [1, 0]
  for (let wave = 1; wave <= harmonics; wave++) {
    ;[re, im] = [re * cosine - im * sine, re * sine + im * cosine]
    row[2 * wave] = re
    row[2 * wave + 1] = im
  }
  return row
}

function valueOf(coefficients: Float64Array, hour: number): number {
  const row = basis(hour, coefficients.length / 2 - 1)
  return row.reduce((sum, factor, index) => sum + factor * valueAt(coefficients, index), 0)
}

function cycleOf(coefficients: Float64Array): Cycle {
  const waves = coefficients.slice()
  waves.fill(0, 0, 2)
  const offsets = Array.from({ length: POINTS + 1 }, (_, point) =>
    valueOf(waves, (point * DAY_HOURS) / POINTS),
  )
  return { period: DAY_HOURS, begin: 0, offsets }
}
