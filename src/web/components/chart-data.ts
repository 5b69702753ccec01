import type uPlot from 'uplot'
import type { ForecastDocument, UsageDocument } from '../../http/contract.ts'

/** At least so much of the future is shown, in seconds. */
const LEAST_AHEAD = 60

/**
 * Columns of the chart: instants, available bytes so far, then least, middle and most of what is expected,
 * for a third of the span that is past.
 */
export function chartData(usage: UsageDocument, band: ForecastDocument['band']): uPlot.AlignedData {
  const now = usage.at.at(-1)
  if (now === undefined) return [[], [], [], [], []]
  const ahead = Math.max(LEAST_AHEAD, (now - (usage.at[0] ?? now)) / 3)
  const expected = band.filter(({ at }) => at > now && at <= now + ahead)
  const latest = usage.availableBytes.at(-1) ?? null
  // What is expected begins where what was seen ends.
  const past = usage.at.slice(0, -1).map(() => null)
  const column = (key: 'low' | 'middle' | 'high') => [...past, latest, ...expected.map((point) => point[key])]
  return [
    [...usage.at, ...expected.map(({ at }) => at)],
    [...usage.availableBytes, ...expected.map(() => null)],
    column('low'),
    column('middle'),
    column('high'),
  ]
}
