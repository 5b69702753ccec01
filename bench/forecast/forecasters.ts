import { crossing } from '../../src/core/forecast/growth/crossing.ts'
import { estimateGrowth } from '../../src/core/forecast/growth/estimate-growth.ts'
import { type Case, HOUR_MS } from './cases.ts'
import { predictLinearCrossing } from './predict-linear.ts'

/** Instants in ms; Infinity for "not within the horizon". */
export interface Foretold {
  p10: number
  p50: number
  p90: number
}

/** What kubepatrol says to a case. */
export function foretell({ samples, now, level, horizonHours }: Case): Foretold {
  const growth = estimateGrowth(samples, now)
  if (!growth) return { p10: Infinity, p50: Infinity, p90: Infinity }
  const { p10, p50, p90 } = crossing(growth, level, horizonHours * HOUR_MS)
  return { p10: p10 ?? Infinity, p50: p50 ?? Infinity, p90: p90 ?? Infinity }
}

/** Whom the targets name. */
export const FORECASTERS: readonly { name: string; at: (asked: Case) => number }[] = [
  { name: 'kubepatrol', at: (asked) => foretell(asked).p50 },
  {
    name: 'predict_linear[1h]',
    at: ({ samples, now, level }) => predictLinearCrossing(samples, now, 1, level),
  },
  {
    name: 'predict_linear[6h]',
    at: ({ samples, now, level }) => predictLinearCrossing(samples, now, 6, level),
  },
]

/** Hours between what was said and what happened, both cut at the horizon. */
export function errorHours({ now, actual, horizonHours }: Case, said: number): number {
  const cut = (instant: number) => Math.min(horizonHours, (instant - now) / HOUR_MS)
  return Math.abs(cut(said) - cut(actual))
}
