import type uPlot from 'uplot'
import type { ForecastDocument, UsageDocument } from '../../http/contract.ts'

type BandPoint = ForecastDocument['band'][number]
/** Readings of one disk. */
export type Readings = Pick<UsageDocument, 'at' | 'availableBytes'>

/** At least so much of the future is shown, in seconds. */
const LEAST_AHEAD = 60

/** What is expected from the last reading to the right edge of the chart, and how far away that is in seconds. */
export interface Expected {
  aheadSeconds: number
  points: readonly BandPoint[]
}

/** What of a band is shown: for a third of the span that is past. */
export function expectedOf({ at }: Pick<Readings, 'at'>, band: readonly BandPoint[]): Expected {
  const now = at.at(-1)
  if (now === undefined) return { aheadSeconds: 0, points: [] }
  const aheadSeconds = Math.max(LEAST_AHEAD, (now - (at[0] ?? now)) / 3)
  const edge = now + aheadSeconds
  const points = band.filter((point) => point.at > now && point.at < edge)
  const last = pointAt(band, edge)
  return { aheadSeconds, points: last ? [...points, last] : points }
}

/** Columns of the chart: instants, available bytes so far, then least, middle and most of what is expected. */
export function chartData(usage: Readings, band: readonly BandPoint[]): uPlot.AlignedData {
  if (usage.at.length === 0) return [[], [], [], [], []]
  const { points } = expectedOf(usage, band)
  const latest = usage.availableBytes.at(-1) ?? null
  // What is expected begins where what was seen ends.
  const past = usage.at.slice(0, -1).map(() => null)
  const column = (key: 'low' | 'middle' | 'high') => [...past, latest, ...points.map((point) => point[key])]
  return [
    [...usage.at, ...points.map(({ at }) => at)],
    [...usage.availableBytes, ...points.map(() => null)],
    column('low'),
    column('middle'),
    column('high'),
  ]
}

/** A band's points lie farther and farther apart; the edge of the chart is seldom one of them. */
function pointAt(band: readonly BandPoint[], at: number): BandPoint | undefined {
  const index = band.findIndex((point) => point.at >= at)
  const after = band[index]
  const before = band[index - 1]
  if (!after || !before) return after?.at === at ? after : undefined
  const share = (at - before.at) / (after.at - before.at)
  const between = (key: 'low' | 'middle' | 'high') => before[key] + (after[key] - before[key]) * share
  return { at, low: between('low'), middle: between('middle'), high: between('high') }
}
