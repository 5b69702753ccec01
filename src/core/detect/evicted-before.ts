import type { PodReference } from '../explain/facts/fact.ts'
import type { Pod } from '../kubernetes/pod.ts'
import type { ClusterView } from '../observe/cluster-view.ts'
import { podName } from '../observe/node-view.ts'
import { isEvicted } from './unscheduled.ts'
import { workloadKey } from './workloads.ts'

/** An evicted pod by `namespace/name`, and the node it was on, where that is known. */
export interface EvictedBefore {
  pod: string
  node?: string | undefined
}

/**
 * Which evicted pod another one replaces: one of the same owner whose object is left, or, as a StatefulSet gives
 * the name again, one of the same name that a kubelet said it evicted.
 */
export function evictedBefore({ objects, nodes }: ClusterView): (pod: Pod) => EvictedBefore | undefined {
  const byOwner = new Map<string, EvictedBefore>()
  for (const pod of objects.pods?.value ?? []) {
    if (isEvicted(pod)) byOwner.set(workloadKey(pod), { pod: podName(pod), node: pod.spec.nodeName })
  }
  const stated = new Map<string, EvictedBefore & { uid?: string | undefined }>()
  for (const [node, { facts }] of nodes) {
    for (const { id, fields } of facts) {
      const pods = id === 'pod-evicted' && Array.isArray(fields['pods']) ? fields['pods'] : []
      for (const { namespace, name, uid } of pods as PodReference[]) {
        if (name === undefined) continue
        const pod = `${namespace ?? 'default'}/${name}`
        stated.set(pod, { pod, node, uid })
      }
    }
  }
  return (pod) => {
    const ofName = stated.get(podName(pod))
    const isOfOther = ofName && (ofName.uid === undefined || ofName.uid !== pod.metadata.uid)
    return isOfOther ? ofName : byOwner.get(workloadKey(pod))
  }
}
