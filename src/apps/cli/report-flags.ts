import type { Language } from '../../core/messages/language.ts'
import type { ScanChoice } from './scan-choice-flags.ts'

export const REPORT_OUTPUTS = ['markdown', 'html'] as const

/** The options of `kubepatrol report`. */
export interface ReportFlags extends ScanChoice {
  output: (typeof REPORT_OUTPUTS)[number]
  lang?: Language
  last?: string
}
