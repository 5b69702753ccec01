import type { Language } from '../../core/messages/language.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { ScanChoice } from './scan-choice-flags.ts'

export const FORECAST_OUTPUTS = ['text', 'json'] as const

/** The options of `kubepatrol forecast`. */
export interface ForecastFlags extends ScanChoice {
  output: (typeof FORECAST_OUTPUTS)[number]
  lang?: Language
  replay?: string
  at?: Instant
  horizon: Duration
}
