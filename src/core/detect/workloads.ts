import type { ObjectReference } from '../kubernetes/object-reference.ts'
import type { Pod } from '../kubernetes/pod.ts'

/** Pods that one object made, which is the one to change; a pod that nobody made stands alone. */
export interface Workload {
  /** The owner, or the pod where there is only one. */
  object: ObjectReference
  /** The node of a pod that stands alone. */
  node?: string
  pods: readonly [Pod, ...Pod[]]
}

/** Pods by their owner: what is wrong with a workload is said once, not once a pod. */
export function workloadsOf(pods: Iterable<Pod>): Workload[] {
  const groups = new Map<string, [Pod, ...Pod[]]>()
  for (const pod of pods) {
    const key = workloadKey(pod)
    const group = groups.get(key)
    if (group) group.push(pod)
    else groups.set(key, [pod])
  }
  return [...groups.values()].map(workload)
}

/** The same for pods of one owner. */
export function workloadKey({ metadata }: Pod): string {
  const { namespace = 'default', name, ownerReferences } = metadata
  const owner = ownerReferences?.[0]
  return owner ? `${namespace}/${owner.kind}/${owner.name}/${owner.uid ?? ''}` : `${namespace}/Pod/${name}/`
}

function workload(pods: [Pod, ...Pod[]]): Workload {
  const [{ metadata, spec }, ...others] = pods
  const { namespace = 'default', name, ownerReferences } = metadata
  const owner = ownerReferences?.[0]
  if (owner && others.length > 0) return { object: { kind: owner.kind, namespace, name: owner.name }, pods }
  return {
    object: { kind: 'Pod', namespace, name },
    ...(spec.nodeName === undefined ? {} : { node: spec.nodeName }),
    pods,
  }
}
