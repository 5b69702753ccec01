import type { Language } from '../../core/messages/language.ts'
import type { ClusterFlags } from './cluster-flags.ts'

export const OBSERVE_OUTPUTS = ['json'] as const

/** The options of `kubepatrol observe`. */
export interface ObserveFlags extends ClusterFlags {
  output: (typeof OBSERVE_OUTPUTS)[number]
  lang?: Language
}
