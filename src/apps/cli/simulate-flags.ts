import type { Language } from '../../core/messages/language.ts'

export const SIMULATE_OUTPUTS = ['text', 'json'] as const

/** The options of `kubepatrol simulate`. */
export interface SimulateFlags {
  output: (typeof SIMULATE_OUTPUTS)[number]
  lang?: Language
  run?: string
  compare?: string
}
