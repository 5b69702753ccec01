import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { Message } from '../messages/message.ts'
import type { Instant } from '../units/instant.ts'
import type { Severity } from './severity.ts'

/** `stated`: a line or an object says so. `inferred`: concluded, with the reasoning beside it. */
export type Certainty = 'stated' | 'inferred'

/** The first causes kubepatrol tells apart (docs/facts.md). */
export const CAUSE_IDS = [
  'disk-filled',
  'inodes-filled',
  'local-limit-exceeded',
  'image-lost',
  'registry-unreachable',
  'image-not-found',
  'registry-denied',
  'orphaned-pod-directory',
  'claim-blocked',
  'volume-unavailable',
  'filesystem-damaged',
  'runtime-failed',
  'etcd-space',
] as const
export type CauseId = (typeof CAUSE_IDS)[number]

/** One step of what followed from a cause. */
export interface ChainLink {
  id: FactId | CauseId
  at: Instant | null
  atText: string | null
  message: Message
  /** Why it follows from what came before; null for the first. */
  because: Message | null
  /** The rule that connects it (docs/rules.md); null for the first. */
  rule: string | null
  certainty: Certainty
  /** The evidence. */
  facts: readonly FoldedFact[]
}

/** One cause and what followed from it. */
export interface Incident {
  /** Stable for as long as the incident lives. */
  id: string
  severity: Severity
  state: 'open' | 'resolved'
  /** The instant of its first evidence; null when no line says it. */
  openedAt: Instant | null
  updatedAt: Instant | null
  resolvedAt: Instant | null
  cause: { id: CauseId; message: Message; certainty: Certainty; because: Message | null }
  /** In the order of their instants. */
  chain: readonly ChainLink[]
  affected: {
    /** By reference, by id only where no name is known. */
    images: readonly string[]
    /** `namespace/name` */
    pods: readonly string[]
    /** `namespace/claim` */
    volumes: readonly string[]
    nodes: readonly string[]
  }
  /** What to do, most urgent first. */
  advice: readonly Message[]
}
