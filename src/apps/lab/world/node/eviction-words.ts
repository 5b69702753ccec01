import { isAtLeast, type KubeletVersion } from '../../../../core/kubelet/kubelet-version.ts'
import { resourceOf } from '../../../../core/kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../../../core/kubelet/eviction/thresholds.ts'

/** What a container used, and what it asked for. */
export interface ContainerUse {
  name: string
  usedBytes: number
  /** As written; `0` where it asks for nothing. */
  request: string
  requestBytes: number
}

/** Why a pod was evicted for the sake of its node, as its status and its event say it (semantics §3.11), trailing blank included. */
export function pressureText(
  threshold: EvictionThreshold,
  availableNow: number,
  thresholdNow: number,
  containers: readonly ContainerUse[],
  version: KubeletVersion,
): string {
  const resource = resourceOf(threshold.signal)
  const isNew = isAtLeast(version, 26)
  const asText = (amount: number) => (resource === 'inodes' ? String(amount) : quantityText(amount))
  const head = `The node was low on resource: ${resource}. `
  const figures = isNew
    ? `Threshold quantity: ${asText(thresholdNow)}, available: ${asText(availableNow)}. `
    : ''
  if (resource === 'inodes') return head + figures
  const offending = containers.filter(({ usedBytes, requestBytes }) => usedBytes > requestBytes)
  const words = offending.map(({ name, usedBytes, request }) =>
    isNew
      ? `Container ${name} was using ${quantityText(usedBytes)}, request is ${request}, has larger consumption of ${resource}. `
      : `Container ${name} was using ${quantityText(usedBytes)}, which exceeds its request of ${request}. `,
  )
  return head + figures + words.join('')
}

/** What a refused pod's event says (semantics §3.12), and with its head its status. */
export const REFUSAL = 'The node had condition: [DiskPressure]. '

/** What the status of a refused pod begins with. */
export function refusalHead(version: KubeletVersion): string {
  return isAtLeast(version, 28) ? 'Pod was rejected: ' : 'Pod '
}

const SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti']

/** Bytes as Kubernetes writes them: in the largest binary unit that is exact. */
export function quantityText(bytes: number): string {
  let [value, power] = [Math.floor(bytes), 0]
  while (value !== 0 && value % 1024 === 0 && power < SUFFIXES.length - 1) {
    value /= 1024
    power++
  }
  return `${value}${SUFFIXES[power] ?? ''}`
}
