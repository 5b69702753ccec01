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

/** What made a pod; a static pod has its Node for an owner, which is none to change. */
export function ownerOf({
  metadata,
}: Pod): { kind: string; name: string; uid?: string | undefined } | undefined {
  const owner = metadata.ownerReferences?.[0]
  return owner?.kind === 'Node' ? undefined : owner
}

/** The same for pods of one owner. */
export function workloadKey(pod: Pod): string {
  const { namespace = 'default', name } = pod.metadata
  const { kind, name: ofName, uid } = ownerOf(pod) ?? { kind: 'Pod', name }
  return JSON.stringify([namespace, kind, ofName, uid])
}

function workload(pods: [Pod, ...Pod[]]): Workload {
  const [first, ...others] = pods
  const { namespace = 'default', name } = first.metadata
  const { nodeName } = first.spec
  const owner = ownerOf(first)
  if (owner && others.length > 0) return { object: { kind: owner.kind, namespace, name: owner.name }, pods }
  const onNode = nodeName === undefined ? {} : { node: nodeName }
  return { object: { kind: 'Pod', namespace, name }, ...onNode, pods }
}
