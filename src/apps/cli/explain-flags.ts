import type { Severity } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'

export const OUTPUTS = ['text', 'markdown', 'html', 'json', 'jsonl'] as const

/** The options of `kubepatrol explain`. */
export interface ExplainFlags {
  output: (typeof OUTPUTS)[number]
  lang?: Language
  year?: number
  jobs?: number
  failOn?: Severity
}
