import type { Pod } from '../kubernetes/pod.ts'
import type { Found } from './finding.ts'
import { workloadsOf } from './workloads.ts'

/** What a finding about several pods is about: their owner, else their node, else the cluster, under a name of what they share. */
export function objectOfPods(pods: readonly Pod[], shared: string): Pick<Found, 'object' | 'node'> {
  const nodes = new Set(pods.map(({ spec }) => spec.nodeName))
  const [node] = nodes
  const onOne = nodes.size === 1 && node !== undefined ? { node } : {}
  const [workload, ...others] = workloadsOf(pods)
  if (workload && others.length === 0) return { object: workload.object, ...onOne }
  if (onOne.node !== undefined) return { object: { kind: 'Node', name: onOne.node }, ...onOne }
  return { object: { kind: 'Cluster', name: shared } }
}
