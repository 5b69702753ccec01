import type { Incident } from '../incident/incident.ts'
import type { Message } from '../messages/message.ts'
import type { FoldedFact } from './facts/fact.ts'

/** What the lines state about the node's disk at their end (docs/facts.md). */
export const NODE_DISK_STATES = ['pressure', 'full', 'gc-threshold', 'recovered', 'not-stated'] as const
export type NodeDisk = (typeof NODE_DISK_STATES)[number]

/** One input of an explanation. */
export interface ExplainedFile {
  path: string
  nodeDisk: NodeDisk
  lines: number
  /** Why it, or its rest, could not be read; null when it was read whole. */
  error: Message | null
}

/** What a set of logs says: every fact, folded, and the incidents they make. */
export interface Explanation {
  facts: readonly FoldedFact[]
  nodeDisk: NodeDisk
  incidents: readonly Incident[]
  files: readonly ExplainedFile[]
}
