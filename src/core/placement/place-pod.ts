import type { Pod } from '../kubernetes/pod.ts'
import type { Message } from '../messages/message.ts'
import { checkClaims } from './claims.ts'
import type { PlacementIndex } from './index-cluster.ts'
import { checkNodeAffinity } from './node-affinity.ts'
import { allOf } from './node-check.ts'
import { checkPodAffinity } from './pod-affinity.ts'
import { checkHostPorts, checkResources } from './resources.ts'
import { checkTaints } from './taints.ts'
import { checkUnevaluated } from './unevaluated.ts'

/** What the scheduler would say to a pod on a node. Reasons to refuse come first, then what was not evaluated. */
export interface Placement {
  node: string
  /** `unknown` when nothing is against it, but not everything was evaluated. */
  verdict: 'fits' | 'unknown' | 'refused'
  reasons: readonly Message[]
}

export interface PlacementOptions {
  /** A node that the pod leaves: it is not considered, and that the pod is there does not bind it. */
  except?: string | undefined
}

/**
 * Where a pod could run, and for every node where it could not, why: what the filters of the default scheduler say, of
 * Kubernetes 1.14 to 1.36, by the state of the cluster as it is. Not asked: what preemption would free, limits on attached
 * volumes, volumes that only one pod at a time may use, storage capacity of CSI drivers, and what a scheduler's own
 * configuration adds.
 */
export function placePod(pod: Pod, index: PlacementIndex, { except }: PlacementOptions = {}): Placement[] {
  const check = allOf([
    checkTaints(pod),
    checkNodeAffinity(pod, except),
    checkClaims(pod, index),
    checkResources(pod),
    checkHostPorts(pod),
    checkPodAffinity(pod, index),
    checkUnevaluated(pod, index),
  ])
  const placements: Placement[] = []
  for (const node of index.nodes) {
    if (node.name !== except) placements.push(placement(node.name, check(node)))
  }
  return placements
}

/**
 * Whether a pod could run on no other node than the one it is on, or on none at all when it is on none; `unknown` when no
 * node is known to take it, and not every one is known to refuse it.
 */
export function fitsNowhereElse(
  pod: Pod,
  index: PlacementIndex,
  { except = pod.spec.nodeName }: PlacementOptions = {},
): 'yes' | 'no' | 'unknown' {
  const placements = placePod(pod, index, { except })
  if (placements.some(({ verdict }) => verdict === 'fits')) return 'no'
  return placements.every(({ verdict }) => verdict === 'refused') ? 'yes' : 'unknown'
}

function placement(node: string, found: readonly Message[]): Placement {
  if (found.length === 0) return { node, verdict: 'fits', reasons: found }
  const refusals = found.filter((reason) => !isUnknown(reason))
  if (refusals.length === 0) return { node, verdict: 'unknown', reasons: found }
  const reasons = refusals.length === found.length ? found : [...refusals, ...found.filter(isUnknown)]
  return { node, verdict: 'refused', reasons }
}

function isUnknown({ key }: Message): boolean {
  return key.startsWith('placement.unknown.')
}
