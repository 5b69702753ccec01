import type { Instant } from '../units/instant.ts'
import type { NodeEvidence } from './evidence.ts'
import type { ImageNames } from './causal-rule.ts'
import type { CauseId } from './incident.ts'
import type { Episode } from './episodes.ts'
import type { PodsNow } from './pods-now.ts'
import type { TracedEpisode } from './trace-causes.ts'

/** All that belongs to one incident, before it is put into words. */
export interface IncidentDraft {
  cause: CauseId
  /** Null when no line names a node. */
  node: string | null
  /** What followed from the cause, in order. */
  traced: readonly TracedEpisode[]
  /** Everything that happened on the node, noise included. */
  happened: readonly Episode[]
  names: ImageNames
  /** What a live patrol knows of the node. */
  live?: NodeEvidence
  /** The pods of the cluster, where a patrol saw them now. */
  pods?: PodsNow | undefined
  /** When a patrol looked; absent for a log. */
  observedAt?: Instant
}

/** The shortage of disk that this incident is about, when a patrol has seen it. */
export function shortageOf({ cause, live }: IncidentDraft) {
  const shortage = live?.shortage
  if (!shortage) return undefined
  return cause === (shortage.unit === 'bytes' ? 'disk-filled' : 'inodes-filled') ? shortage : undefined
}
