import type { Language } from '../../core/messages/language.ts'

/** The options of `kubepatrol lab`. */
export interface LabFlags {
  scenario?: string
  speed?: number
  port: number
  kubeconfig?: string
  lang?: Language
}
