import { createHash } from 'node:crypto'
import {
  agentOf,
  type AccountName,
  type AgentIdentities,
  type AgentIdentity,
  type TokenReviews,
} from '../../../core/observe/agents/agent-identity.ts'
import type { Duration } from '../../../core/units/duration.ts'
import type { Instant } from '../../../core/units/instant.ts'
import { expiryOf } from './kubeconfig/token-expiry.ts'

/** An answer counts so long: a pod that is gone speaks no longer than this, and a stranger is no burden to the API server. */
const ANSWER_LASTS: Duration = 60_000
const REFUSAL_LASTS: Duration = 10_000
const MOST_REMEMBERED = 20_000
/** Tokens that the API server is asked about at once; others are to be shown again later. */
const MOST_ASKED_AT_ONCE = 32

interface Remembered {
  identity: AgentIdentity
  until: Instant
}

/** Says whose tokens are, and remembers it for a while, without the tokens. */
export function agentIdentities(
  reviews: TokenReviews,
  agent: AccountName,
  now: () => Instant,
): AgentIdentities {
  const remembered = new Map<string, Remembered>()
  const asked = new Map<string, Promise<AgentIdentity>>()

  async function ask(token: string, key: string): Promise<AgentIdentity> {
    const identity = await agentOf(token, agent, reviews)
    if ('refused' in identity && identity.refused === 'not-reviewed') return identity
    const lasts = 'node' in identity ? ANSWER_LASTS : REFUSAL_LASTS
    remembered.delete(key)
    remembered.set(key, { identity, until: Math.min(now() + lasts, expiryOf(token) ?? Infinity) })
    const [oldest] = remembered.keys()
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
    return identity
  }

  return {
    async ofToken(token) {
      const key = createHash('sha256').update(token).digest('base64')
      const known = remembered.get(key)
      if (known && now() < known.until) return known.identity
      const underWay = asked.get(key)
      if (underWay) return underWay
      if (asked.size >= MOST_ASKED_AT_ONCE) return { refused: 'not-reviewed' }
      const asking = ask(token, key).finally(() => asked.delete(key))
      asked.set(key, asking)
      return asking
    },
  }
}
