import type { Language } from '../../core/messages/language.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { ClusterFlags } from './cluster-flags.ts'

export const REPORT_OUTPUTS = ['markdown', 'html'] as const

/** The options of `kubepatrol report`. */
export interface ReportFlags extends ClusterFlags {
  output: (typeof REPORT_OUTPUTS)[number]
  lang?: Language
  from?: string
  for?: Duration
  last?: string
}
