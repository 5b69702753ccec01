import type { DiskShortage } from '../detect/disk-shortage.ts'
import type { FoldedFact } from '../explain/facts/fact.ts'
import type { Incident } from '../incident/incident.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Instant } from '../units/instant.ts'

/** What the patrol remembers of one node. */
export interface NodeMemory {
  view: NodeView
  shortage?: DiskShortage
  /** Readings up to here belong to troubles that are over; null when there were none. */
  settledAt: Instant | null
  /** What objects of the node stated in the last round. */
  stated?: readonly FoldedFact[]
}

/** What the patrol remembers that belongs to no node. */
export interface NodelessMemory {
  facts: readonly FoldedFact[]
  stated: readonly FoldedFact[]
}

/** All that a round needs of those before it: plain data, so that any round can be saved and run again. */
export interface PatrolMemory {
  nodes: Readonly<Record<string, NodeMemory>>
  nodeless: NodelessMemory
  /** The incidents that are open. */
  open: readonly Incident[]
}

export const emptyMemory: PatrolMemory = { nodes: {}, nodeless: { facts: [], stated: [] }, open: [] }
