import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'
import { formatQuantity } from '../../units/quantity.ts'
import { resourceOf } from './signals.ts'
import type { EvictionThreshold } from './thresholds.ts'

/** What a container used, and what it asked for. */
export interface ContainerUse {
  name: string
  usedBytes: number
  /** As written; `0` where it asks for nothing. */
  request: string
  requestBytes: number
  isInit?: boolean
}

/** What the status of every pod that the kubelet evicts or refuses says (semantics §3.11, §3.12). */
export const EVICTED = { phase: 'Failed', reason: 'Evicted' } as const

/**
 * The containers that the message of an evicted pod names (semantics §3.11): those that use more than they ask
 * for, of bytes only; from 1.32 on init containers too.
 */
export function offendingContainers(
  { signal }: EvictionThreshold,
  containers: readonly ContainerUse[],
  version: KubeletVersion,
): ContainerUse[] {
  if (resourceOf(signal) === 'inodes') return []
  return containers.filter(
    ({ usedBytes, requestBytes, isInit }) =>
      usedBytes > requestBytes && (isInit !== true || isAtLeast(version, 32)),
  )
}

/**
 * Why a pod was evicted for the sake of its node, as its status and its event say it (semantics §3.11), trailing
 * blank included.
 * @param node how much of the signal is available, and how much the threshold asks for; told from 1.26 on
 */
export function pressureText(
  threshold: EvictionThreshold,
  node: { available: number; quantity: number },
  offending: readonly ContainerUse[],
  version: KubeletVersion,
): string {
  const resource = resourceOf(threshold.signal)
  const isNew = isAtLeast(version, 26)
  const asText = (amount: number) => (resource === 'inodes' ? String(amount) : formatQuantity(amount))
  const figures = isNew
    ? `Threshold quantity: ${asText(node.quantity)}, available: ${asText(node.available)}. `
    : ''
  const words = offending.map(({ name, usedBytes, request }) =>
    isNew
      ? `Container ${name} was using ${formatQuantity(usedBytes)}, request is ${request}, has larger consumption of ${resource}. `
      : `Container ${name} was using ${formatQuantity(usedBytes)}, which exceeds its request of ${request}. `,
  )
  return `The node was low on resource: ${resource}. ${figures}${words.join('')}`
}

/** The annotations of the event that tells of an eviction for the sake of the node (semantics §3.11). */
export function evictionAnnotations(
  { signal }: EvictionThreshold,
  offending: readonly ContainerUse[],
): Readonly<Record<string, string>> {
  return {
    offending_containers: offending.map(({ name }) => name).join(','),
    offending_containers_usage: offending.map(({ usedBytes }) => formatQuantity(usedBytes)).join(','),
    starved_resource: resourceOf(signal),
  }
}

/**
 * The condition that a pod gets which is evicted for the sake of its node, with the message of its status; from 1.26
 * on, where its gate is beta and on (semantics §3.11). None for a pod over a limit of its own.
 */
export function disruptionCondition(message: string, version: KubeletVersion) {
  if (!isAtLeast(version, 26)) return undefined
  return { type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet', message } as const
}

/** What a refused pod's event says (semantics §3.12), and with its head its status. */
export const REFUSAL = 'The node had condition: [DiskPressure]. '

/** What the status of a refused pod begins with. */
export function refusalHead(version: KubeletVersion): string {
  return isAtLeast(version, 28) ? 'Pod was rejected: ' : 'Pod '
}

/** How the condition of a Node says whether it is under pressure (semantics §3.11, all versions). */
export function diskPressureCondition(holds: boolean) {
  return holds
    ? ({ status: 'True', reason: 'KubeletHasDiskPressure', message: 'kubelet has disk pressure' } as const)
    : ({
        status: 'False',
        reason: 'KubeletHasNoDiskPressure',
        message: 'kubelet has no disk pressure',
      } as const)
}
