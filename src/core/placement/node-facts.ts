import type { Node, Taint } from '../kubernetes/node.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { amountsReader, type Amounts } from './amounts.ts'
import type { Labels } from './labels.ts'
import { usageOf, type NodeUsage } from './node-usage.ts'

/** What of a Node decides about pods, worked out once for many of them. */
export interface NodeFacts {
  name: string
  labels: Labels
  isCordoned: boolean
  /** Those that keep pods away; `PreferNoSchedule` only asks. */
  hardTaints: readonly Taint[]
  /** Undefined when the node does not say. */
  allocatable: Amounts | undefined
  /** Those that are there and have not ended. */
  pods: readonly Pod[]
  usage: NodeUsage
}

/** Works out what of a node decides about pods. */
export function nodeFacts(
  { metadata, spec, status }: Node,
  pods: readonly Pod[],
  read: ReturnType<typeof amountsReader>,
): NodeFacts {
  // The API server fills in the capacity where a kubelet gives no allocatable.
  const allocatable = status.allocatable ?? status.capacity
  return {
    name: metadata.name,
    labels: metadata.labels,
    isCordoned: spec?.unschedulable === true,
    hardTaints: (spec?.taints ?? []).filter(
      ({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute',
    ),
    allocatable: allocatable ? read(allocatable) : undefined,
    pods,
    usage: usageOf(pods, read),
  }
}

/** What the other pods of a node have taken of it: a pod is never in its own way. */
export function usageBeside({ name, pods, usage }: NodeFacts, pod: Pod): NodeUsage {
  if (pod.spec.nodeName !== name) return usage
  const others = pods.filter((other) => !isSamePod(other, pod))
  return others.length === pods.length ? usage : usageOf(others, amountsReader())
}

/** Whether two pictures show one pod: at an instant a name belongs to one only. */
export function isSamePod(a: Pod, b: Pod): boolean {
  return a.metadata.name === b.metadata.name && namespaceOf(a) === namespaceOf(b)
}

/** The namespace of an object; an absent one is `default`. */
export function namespaceOf({ metadata }: { metadata: { namespace?: string | undefined } }): string {
  return metadata.namespace ?? 'default'
}
