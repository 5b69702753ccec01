import type { LimitExceeded } from '../../../../core/kubelet/eviction/local-limits.ts'
import type { EvictionThreshold } from '../../../../core/kubelet/eviction/thresholds.ts'
import type { SimulatedKubelet } from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState, PodOnNode } from './node-state.ts'

/** What the loops of a kubelet have done: the lab carries it out on the node and tells the cluster. */
export interface LoopEffects {
  removeImage(id: string): void
  removeContainer(id: string): void
  /** Evicts a pod: for the node's sake by a threshold, or because it is over a limit of its own. */
  evict(pod: PodOnNode, because: EvictionCause): void
  refuse(pod: PodOnNode): void
  nodeEvent(type: 'Normal' | 'Warning', reason: string, message: string): void
  /** DiskPressure began or ended: the node's status says so at its next report. */
  pressureChanged(hasDiskPressure: boolean): void
}

/** Why a pod is evicted, and how long it has to end. */
export type EvictionCause = { graceMs: number; waitsAtMost: number } & (
  | { kind: 'pressure'; threshold: EvictionThreshold; available: number; capacity: number }
  | { kind: 'limit'; exceeded: LimitExceeded }
)

/** What the loops work with. */
export interface LoopParts {
  node: NodeState
  kubelet: SimulatedKubelet
  agenda: Agenda
  chance: Chance
  log: KubeletLog
  words: KubeletWords
  effects: LoopEffects
}
