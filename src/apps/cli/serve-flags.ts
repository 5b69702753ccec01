import type { Language } from '../../core/messages/language.ts'

/** The options of `kubepatrol serve`. */
export interface ServeFlags {
  replay: string
  port: number
  speed: number
  config?: string
  store?: string
  lang?: Language
}
