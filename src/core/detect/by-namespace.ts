import type { Pod } from '../kubernetes/pod.ts'
import type { Few } from '../messages/few-words.ts'
import { few } from '../placement/few.ts'
import { namespaceOf } from '../placement/node-facts.ts'
import { isTerminal } from '../placement/node-usage.ts'
import { ownerOf } from './workloads.ts'

/** The pods of one namespace that have something in common, and how much of it. */
export interface NamespaceShare {
  namespace: string
  pods: readonly Pod[]
  /** What was counted in them. */
  count: number
}

/** Pods that have not ended and in which something is counted, together by namespace: a lack of a whole team is said once. */
export function countedByNamespace(pods: readonly Pod[], count: (pod: Pod) => number): NamespaceShare[] {
  const shares = new Map<string, { namespace: string; pods: Pod[]; count: number }>()
  for (const pod of pods) {
    const found = isTerminal(pod) ? 0 : count(pod)
    if (found === 0) continue
    const namespace = namespaceOf(pod)
    const share = shares.get(namespace) ?? { namespace, pods: [], count: 0 }
    shares.set(namespace, share)
    share.pods.push(pod)
    share.count += found
  }
  return [...shares.values()]
}

/** The owners of pods of one namespace, as `DaemonSet/proxy`, the first few by name. */
export function ownersOf(pods: readonly Pod[]): Few {
  return few([...new Set(pods.map(ownerText))], String)
}

function ownerText(pod: Pod): string {
  const { kind, name } = ownerOf(pod) ?? { kind: 'Pod', name: pod.metadata.name }
  return `${kind}/${name}`
}
