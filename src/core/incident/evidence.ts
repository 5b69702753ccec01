import type { DiskShortage } from '../detect/disk-shortage.ts'
import type { FoldedFact } from '../explain/facts/fact.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Instant } from '../units/instant.ts'
import type { ImageNames } from './causal-rule.ts'
import type { PodsNow } from './pods-now.ts'

/** What a live patrol knows of a node beside its log. */
export interface NodeEvidence {
  view: NodeView
  shortage?: DiskShortage
}

/** What incidents are found in: facts alone for a log, and the nodes themselves for a patrol. */
export interface IncidentEvidence {
  facts: readonly FoldedFact[]
  imageNames: ImageNames
  nodes?: readonly NodeEvidence[]
  /** The pods of the cluster, where a patrol saw them now. */
  pods?: PodsNow | undefined
  /** When a patrol looked; absent for a log, which does not know what is so now. */
  observedAt?: Instant
}
