import type { Language } from '../../core/messages/language.ts'

/** The options of `kubepatrol notify test`. */
export interface NotifyTestFlags {
  config: string
  lang?: Language
}
