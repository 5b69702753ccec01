import type { Instant } from '../units/instant.ts'
import type { Gap } from './gap.ts'
import type { NodeView } from './node-view.ts'
import type { Observation } from './observation.ts'

/** All that a patrol knows of a cluster in one round: its objects now, and what is known of each of its nodes. */
export interface ClusterView {
  observedAt: Instant
  /** The objects of this round. A part that could not be had is absent, never empty. */
  objects: Observation['cluster']
  /** What is known of nodes, by name; also of a node that did not answer this time. */
  nodes: ReadonlyMap<string, NodeView>
  /** What could not be observed in this round. */
  gaps: readonly Gap[]
}
