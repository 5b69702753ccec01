import type { Language } from '../../core/messages/language.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { ClusterFlags } from './cluster-flags.ts'

/** The options of `kubepatrol serve`. */
export interface ServeFlags extends ClusterFlags {
  replay?: string
  scenario?: string
  interval: Duration
  port: number
  speed: number | undefined
  config?: string
  store?: string
  lang?: Language
}
