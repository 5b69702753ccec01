import { isAtLeast, type KubeletVersion } from '../kubelet/kubelet-version.ts'

/** The names that a StatefulSet gives (semantics §6.4, all versions). */
export function statefulPodName(set: string, ordinal: number): string {
  return `${set}-${ordinal}`
}

/** The claim of a template for a pod of a set (semantics §6.4, all versions). */
export function statefulClaimName(template: string, set: string, ordinal: number): string {
  return `${template}-${statefulPodName(set, ordinal)}`
}

const LARGEST_ORDINAL = 2 ** 31 - 1

/** The set and ordinal of a pod's name, the digits after its last `-` (semantics §6.4, all versions); undefined for a name of no set. */
export function parseStatefulPodName(name: string): { set: string; ordinal: number } | undefined {
  const dash = name.lastIndexOf('-')
  const digits = name.slice(dash + 1)
  if (dash < 1 || !/^\d{1,10}$/.test(digits) || Number(digits) > LARGEST_ORDINAL) return undefined
  return { set: name.slice(0, dash), ordinal: Number(digits) }
}

/** The ordinals a set has, lowest first (semantics §6.4): a start other than 0 counts from 1.27 on, in 1.26 only with the gate StatefulSetStartOrdinal. */
export function ordinalsOf(
  { replicas, start = 0 }: { replicas: number; start?: number },
  controllerVersion: KubeletVersion,
  hasStartGate = isAtLeast(controllerVersion, 27),
): number[] {
  const first = hasStartGate && isAtLeast(controllerVersion, 26) ? start : 0
  return Array.from({ length: replicas }, (_, index) => first + index)
}

/** How a set goes about several pods. */
export type PodManagement = 'OrderedReady' | 'Parallel'

/**
 * The ordinals whose pods are made next (semantics §6.4, all versions). OrderedReady makes one, once every
 * lower one is Running and Ready. `pods` tells of those that exist whether they are.
 */
export function nextOrdinals(
  ordinals: readonly number[],
  pods: ReadonlyMap<number, { isReady: boolean }>,
  management: PodManagement,
): number[] {
  if (management === 'Parallel') return ordinals.filter((ordinal) => !pods.has(ordinal))
  const first = ordinals.find((ordinal) => pods.get(ordinal)?.isReady !== true)
  return first === undefined || pods.has(first) ? [] : [first]
}

/** In which order pods are deleted (semantics §6.4, all versions): one after the other from the highest ordinal, in parallel all at once. */
export function deletionOrder(ordinals: readonly number[], management: PodManagement): number[][] {
  const highestFirst = ordinals.toSorted((a, b) => b - a)
  return management === 'Parallel' ? [highestFirst] : highestFirst.map((ordinal) => [ordinal])
}

/** Why a set makes no pod (semantics §6.4, all versions): missing claims are made, existing ones used again, one that is being deleted blocks. */
export function blockedBy(
  claims: readonly { name: string; isDeletionRequested: boolean }[],
): string | undefined {
  const blocking = claims.find(({ isDeletionRequested }) => isDeletionRequested)
  return blocking && `pvc ${blocking.name} is being deleted`
}
