import type { Instant } from '../../units/instant.ts'
import { predict } from './backtest.ts'
import { classify } from './classify.ts'
import { type Cycle, cycleAt } from './cycle.ts'
import { findDailyCycle } from './daily.ts'
import { pastEpisode, withoutEpisode } from './episode.ts'
import { gather } from './grid.ts'
import type { Growth } from './growth.ts'
import { fitLines } from './line.ts'
import { findMoves, loneSteps, withoutSteps } from './moves.ts'
import { measurementNoise } from './noise.ts'
import { regimeStart } from './regime.ts'
import type { Sample } from './sample.ts'
import { findSawTooth } from './saw-tooth.ts'
import { readSeries, type Series, valueAt } from './series.ts'
import { measureSpread, type Spread } from './spread.ts'

/** How much is left, with all readings, of what a daily cycle was off by where it was tried with some. */
const DAILY_ERROR_KEPT = 0.15
/** No tooth is quite as long and as high as the others: by this share of its height. */
const TOOTH_ERROR = 0.02

/**
 * Estimates how something grows from readings of what is used, in order of arrival, irregular as they may be;
 * `readSeries` says which are left out. Undefined when fewer than three readings are left.
 *
 * What came at once and hardly ever is taken out, then what comes back (teeth, days), then what was before
 * the slope became another; what remains is foretold by lines, weighed by how near they would have come.
 */
export function estimateGrowth(samples: readonly Sample[], now: Instant): Growth | undefined {
  const read = readSeries(samples, now)
  if (!read) return undefined
  const noise = measurementNoise(read.hours, read.values)
  const { series, moves, wasDisorderly } = withoutDisorder(read, noise)
  const { hours, values, interval } = series
  const steps = loneSteps(hours, moves)
  const tooth = steps.length > 0 ? undefined : findSawTooth(hours, values, moves, interval)
  const toothless = tooth?.remainder ?? (steps.length > 0 ? withoutSteps(values, steps) : values)

  const start = regimeStart(hours, fitLines(hours, toothless), interval, noise)
  const grid = gather(hours, toothless, start)
  const readings = hours.length - start
  const noiseOfMeans = noise * Math.sqrt(grid.hours.length / readings)
  const daily = start === 0 ? findDailyCycle(grid, noiseOfMeans) : undefined
  const remainder = daily ? gather(hours, withoutCycle(hours, toothless, daily.cycle), start) : grid

  const prediction = predict(remainder, noiseOfMeans)
  const span = -valueAt(hours, start)
  const spread = measureSpread(prediction, { noise, interval, readings, stretches: grid.hours.length, span })
  if (tooth) spread.about += (tooth.height * TOOTH_ERROR) ** 2
  if (daily) spread.about += (daily.error * DAILY_ERROR_KEPT) ** 2
  const cycles = [tooth?.cycle, daily?.cycle].filter((cycle) => cycle !== undefined)
  const found = {
    sawTooth: tooth !== undefined,
    daily: daily !== undefined,
    step: readings < hours.length || steps.length > 0 || wasDisorderly,
  }
  const kind = classify(found, prediction.line, spread, noise)
  return inUnits(series, { now, kind, latest: 0, line: prediction.line, cycles, spread, noise, interval })
}

/** A series without a time of disorder that is over, and what came at once in what is left of it. */
function withoutDisorder(series: Series, noise: number) {
  const moves = findMoves(series.hours, series.values, noise)
  const episode = pastEpisode(series.hours, moves)
  if (!episode) return { series, moves, wasDisorderly: false }
  const calm = withoutEpisode(series, episode)
  return { series: calm, moves: findMoves(calm.hours, calm.values, noise), wasDisorderly: true }
}

function withoutCycle(hours: Float64Array, values: Float64Array, cycle: Cycle): Float64Array {
  return values.map((value, index) => value - cycleAt(cycle, valueAt(hours, index)))
}

/** From the units of the series to bytes. */
function inUnits({ origin, unit }: Series, growth: Growth): Growth {
  const { line, cycles, spread } = growth
  return {
    ...growth,
    latest: origin,
    line: { slope: line.slope * unit, level: origin + line.level * unit },
    cycles: cycles.map((cycle) => ({ ...cycle, offsets: cycle.offsets.map((offset) => offset * unit) })),
    spread: spreadInUnits(spread, unit),
    noise: growth.noise * unit,
  }
}

function spreadInUnits(spread: Spread, unit: number): Spread {
  return {
    ...spread,
    offset: spread.offset * unit,
    about: spread.about * unit * unit,
    walk: spread.walk * unit * unit,
    doubt: spread.doubt * unit,
  }
}
