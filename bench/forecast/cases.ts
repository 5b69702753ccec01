import type { Sample } from '../../src/core/forecast/growth/sample.ts'
import { type GeneratedSeries, generateSeries, type Kind, KINDS } from './generate-series.ts'
import { seededRandom } from './random.ts'

export const HOUR_MS = 3_600_000
const EPOCH = Date.UTC(2026, 0, 1)
/** How long something was read before the first question about it. */
export const HISTORY_HOURS = { least: 36, most: 72 }
const ORIGINS = 3
const ORIGINS_WITHIN_HOURS = 8

/** One question: from these samples at `now`, when does it reach `level`? Instants in ms. */
export interface Case {
  samples: Sample[]
  now: number
  level: number
  horizonHours: number
  /** When the usage itself, without the noise of reading it, reached the level; Infinity when not within the horizon. */
  actual: number
}

/**
 * The cases of a kind: `count` series of 36 to 72 h, three origins in the 8 h that follow (after a step: 5 min to
 * 8 h), each with a level that is reached after 5 to 110 % of the horizon.
 */
export function* generateCases(
  kind: Kind,
  count: number,
  horizonHours: number,
  seed: number,
): Generator<Case> {
  for (let index = 0; index < count; index++) {
    const random = seededRandom(seed * 1_000_003 + KINDS.indexOf(kind) * 100_003 + index)
    const history = random.between(HISTORY_HOURS.least, HISTORY_HOURS.most)
    const series = generateSeries(kind, history + ORIGINS_WITHIN_HOURS + horizonHours, random, history)
    for (let origin = 0; origin < ORIGINS; origin++) {
      const now = onGrid(series, history + random.between(1 / 12, ORIGINS_WITHIN_HOURS))
      const made = makeCase(
        series,
        { from: now - history, now, horizonHours },
        random.between(0.05, 1.1) * horizonHours,
      )
      if (made) yield made
    }
  }
}

/** Undefined where the level would be reached already. */
export function makeCase(
  series: GeneratedSeries,
  { from, now, horizonHours }: { from: number; now: number; horizonHours: number },
  leadHours: number,
): Case | undefined {
  const used = usageAt(series, now)
  let level = used
  for (let hour = now; hour <= now + Math.min(leadHours, horizonHours); hour += series.interval) {
    level = Math.max(level, usageAt(series, hour))
  }
  if (leadHours > horizonHours) level += (level - used) * (leadHours / horizonHours - 1)
  const samples = samplesBetween(series, from, now)
  if (level <= used || (samples.at(-1)?.value ?? level) >= level) return undefined
  const actual = reachedAt(series, now, now + horizonHours, level)
  return { samples, now: instant(now), level, horizonHours, actual: instant(actual) }
}

export function onGrid({ interval }: GeneratedSeries, hour: number): number {
  return Math.floor(hour / interval) * interval
}

function instant(hour: number): number {
  return EPOCH + hour * HOUR_MS
}

function usageAt({ usage, interval }: GeneratedSeries, hour: number): number {
  return usage[Math.round(hour / interval)] ?? 0
}

function samplesBetween({ readings, interval }: GeneratedSeries, from: number, to: number): Sample[] {
  const samples: Sample[] = []
  for (let index = Math.max(0, Math.ceil(from / interval)); index * interval <= to + 1e-9; index++) {
    const value = readings[index] ?? Number.NaN
    if (!Number.isNaN(value)) samples.push({ at: instant(index * interval), value })
  }
  return samples
}

function reachedAt({ usage, interval }: GeneratedSeries, from: number, to: number, level: number): number {
  for (let index = Math.round(from / interval) + 1; index * interval <= to; index++) {
    const [before, after] = [usage[index - 1] ?? 0, usage[index] ?? 0]
    if (after >= level) return (index - 1 + Math.max(0, (level - before) / (after - before))) * interval
  }
  return Number.POSITIVE_INFINITY
}
