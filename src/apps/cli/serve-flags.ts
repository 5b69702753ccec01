import type { Language } from '../../core/messages/language.ts'
import type { AccountName } from '../../core/observe/agents/agent-identity.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { ClusterFlags } from './cluster-flags.ts'

/** The options of `kubepatrol serve`. */
export interface ServeFlags extends ClusterFlags {
  replay?: string
  scenario?: string
  interval: Duration
  port: number
  /** Where the address of the page is kept in place of being printed: it holds the token. */
  addressFile?: string
  speed: number | undefined
  /** Where agents hand over their rounds; absent where none do. */
  agentPort?: number
  agentCertificate?: string
  agentKey?: string
  agentAccount: AccountName
  config?: string
  store?: string
  lang?: Language
}
