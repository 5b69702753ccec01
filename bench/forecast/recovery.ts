import { errorHours, FORECASTERS } from './forecasters.ts'
import { HISTORY_HOURS, HOUR_MS, makeCase, onGrid } from './cases.ts'
import { generateSeries } from './generate-series.ts'
import { seededRandom } from './random.ts'

const LEAD_HOURS = 6
const HORIZON_HOURS = 24
const WATCHED_HOURS = 9
const NEAR = 0.25
const EVERY_HOURS = 1 / 60

/**
 * For each forecaster, the minutes after a tenfold step of the slope until its error, for the level that is
 * reached six hours on, is below a quarter of that time, and stays there for the hour that follows.
 */
export function recoveryMinutes(index: number, seed: number): number[] {
  const random = seededRandom(seed * 1_000_003 + 900_001 + index)
  const history = random.between(HISTORY_HOURS.least, HISTORY_HOURS.most)
  const series = generateSeries('step', history + WATCHED_HOURS + LEAD_HOURS + 1, random, history)
  const since: (number | undefined)[] = FORECASTERS.map(() => undefined)
  const stable = FORECASTERS.map(() => false)
  const every = Math.max(EVERY_HOURS, series.interval)
  for (let after = every; after < WATCHED_HOURS && !stable.every(Boolean); after += every) {
    const now = onGrid(series, history + after)
    const asked = makeCase(series, { from: 0, now, horizonHours: HORIZON_HOURS }, LEAD_HOURS)
    if (!asked) continue
    FORECASTERS.forEach(({ at }, which) => {
      if (stable[which]) return
      const isNear = errorHours(asked, at(asked)) <= (NEAR * (asked.actual - asked.now)) / HOUR_MS
      since[which] = isNear ? (since[which] ?? now - history) : undefined
      stable[which] = since[which] !== undefined && now - history - since[which] >= 1
    })
  }
  return since.map((hours) => (hours ?? WATCHED_HOURS) * 60)
}
