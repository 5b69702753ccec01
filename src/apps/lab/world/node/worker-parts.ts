import type { Agenda } from '../agenda.ts'
import type { Chance } from '../chance.ts'
import type { PodStatus } from '../objects.ts'
import type { ContainerLife } from './container-life.ts'
import type { KubeletLog } from './kubelet-log.ts'
import type { KubeletWords } from './kubelet-words.ts'
import type { NodeState, PodOnNode, Registry } from './node-state.ts'
import type { VolumeMounts } from './volume-mounts.ts'

/** What an event about a pod says besides its message. */
export interface PodEventDetails {
  /** The container it is about: the event's object is then that part of the pod (`fieldPath`). */
  container?: string
  annotations?: Readonly<Record<string, string>> | undefined
}

/** What the workers of the pods of a node work with. */
export interface WorkerParts {
  node: NodeState
  registry: Registry
  agenda: Agenda
  chance: Chance
  log: KubeletLog
  words: KubeletWords
  life: ContainerLife
  volumes: VolumeMounts
  change(what: () => void): void
  podEvent(
    pod: PodOnNode,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    more?: PodEventDetails,
  ): void
  reportStatus(pod: PodOnNode, status: PodStatus): void
}
