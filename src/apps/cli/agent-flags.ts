import type { Language } from '../../core/messages/language.ts'
import type { AgentChoice } from '../agent/agent-options.ts'

export const AGENT_OUTPUTS = ['text', 'json'] as const

/** The options of `kubepatrol agent`. */
export interface AgentFlags extends AgentChoice {
  once: boolean
  output: (typeof AGENT_OUTPUTS)[number]
  config?: string
  store?: string
  lang?: Language
}
