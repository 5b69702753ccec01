import type { Pod } from '../kubernetes/pod.ts'
import type { StatefulSet } from '../kubernetes/stateful-set.ts'
import { podName } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'

/** The pods of the whole cluster as a round saw them: one that comes back may come back on another node, or on none yet. */
export interface PodsNow {
  observedAt: Instant
  /** Whether a pod, by `namespace/name`, is there and works, ended well, or is gone for good. */
  isWell(name: string): boolean
}

/** Why a container waits that has no image, or cannot be made. */
const CANNOT_BEGIN: ReadonlySet<string> = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'CreateContainerError',
])

/** Whose pods come back under the name they had. */
const KEEP_NAMES: ReadonlySet<string> = new Set(['StatefulSet', 'Node'])

/** Looks pods up; undefined where they were not seen. */
export function podsNow({ pods, statefulSets }: Observation['cluster']): PodsNow | undefined {
  if (!pods) return undefined
  let byName: ReadonlyMap<string, Pod> | undefined
  const sets = new Map(statefulSets?.value.map((set) => [setName(set), set]))
  return {
    observedAt: pods.observedAt,
    isWell(name) {
      byName ??= new Map(pods.value.map((pod) => [podName(pod), pod]))
      const pod = byName.get(name)
      return pod ? isWell(pod) : !isAwaited(name, sets)
    },
  }
}

function isWell({ metadata, spec, status }: Pod): boolean {
  if (status.phase === 'Pending' || spec.nodeName === undefined) return false
  if (status.phase === 'Failed') {
    const owners = metadata.ownerReferences ?? []
    // Another pod of another name stands for it. What nobody owns nobody brings back.
    return owners.length > 0 && !owners.some(({ kind }) => KEEP_NAMES.has(kind))
  }
  const statuses = [...status.containerStatuses, ...(status.initContainerStatuses ?? [])]
  return !statuses.some(({ state }) => CANNOT_BEGIN.has(state?.waiting?.reason ?? ''))
}

/** A StatefulSet that is to have this pod has not made it yet. */
function isAwaited(name: string, sets: ReadonlyMap<string, StatefulSet>): boolean {
  const match = /^(.+)-(\d{1,9})$/.exec(name)
  const set = sets.get(match?.[1] ?? '')
  if (!match || !set) return false
  const first = set.spec.ordinals?.start ?? 0
  const ordinal = Number(match[2])
  return ordinal >= first && ordinal < first + (set.spec.replicas ?? 1)
}

function setName({ metadata }: StatefulSet): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}
