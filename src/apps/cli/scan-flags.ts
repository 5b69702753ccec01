import type { Severity } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'
import type { ScanChoice } from './scan-choice-flags.ts'

export const SCAN_OUTPUTS = ['table', 'json', 'yaml'] as const
export const FAIL_LEVELS = ['info', 'warning', 'critical', 'off'] as const

/** The options of `kubepatrol scan`. */
export interface ScanFlags extends ScanChoice {
  output: (typeof SCAN_OUTPUTS)[number]
  lang?: Language
  failOn: Severity | 'off'
}
