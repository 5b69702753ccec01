import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'
import type { FilesystemLayout } from './layout.ts'

/** What a pod may use of the node's disk by its own limits, and what it does use. */
export interface LimitedPod {
  uid: string
  emptyDirs: readonly { name: string; limitBytes?: number | undefined; usedBytes?: number | undefined }[]
  containers: readonly {
    name: string
    limitBytes?: number | undefined
    writableBytes?: number | undefined
    logBytes?: number | undefined
  }[]
  /** emptyDir, configMap and the like together. */
  volumeBytes: number
  /** Files the kubelet keeps for the pod itself, such as its hosts file. */
  otherBytes?: number | undefined
}

/** A local limit that a pod is over. */
export type LimitExceeded =
  | { kind: 'empty-dir'; volume: string; limitBytes: number; usedBytes: number }
  | { kind: 'pod'; limitBytes: number; usedBytes: number }
  | { kind: 'container'; container: string; limitBytes: number; usedBytes: number }

/**
 * The first local limit that a pod is over, for which it is evicted whatever the disk's state
 * (semantics §3.8): an emptyDir's, then the pod's total, then a container's. Undefined when it is over none.
 */
export function exceededLimit(
  pod: LimitedPod,
  layout: FilesystemLayout,
  version: KubeletVersion,
): LimitExceeded | undefined {
  return overEmptyDir(pod) ?? overTotal(pod, layout, version) ?? overContainer(pod, layout)
}

/** Only the first volume that is over counts. */
function overEmptyDir({ emptyDirs }: LimitedPod): LimitExceeded | undefined {
  for (const { name, limitBytes = 0, usedBytes = 0 } of emptyDirs) {
    if (limitBytes > 0 && usedBytes > limitBytes) {
      return { kind: 'empty-dir', volume: name, limitBytes, usedBytes }
    }
  }
  return undefined
}

/** Up to 1.20 writable layers count on a single filesystem only; from 1.21 on in every layout. */
function overTotal(
  { containers, volumeBytes, otherBytes = 0 }: LimitedPod,
  layout: FilesystemLayout,
  version: KubeletVersion,
): LimitExceeded | undefined {
  const limits = containers.flatMap(({ limitBytes }) => limitBytes ?? [])
  if (limits.length === 0) return undefined
  const countsLayers = isAtLeast(version, 21) || layout === 'single'
  const used = containers.map(
    ({ writableBytes = 0, logBytes = 0 }) => logBytes + (countsLayers ? writableBytes : 0),
  )
  const limitBytes = sum(limits)
  const usedBytes = sum(used) + volumeBytes + otherBytes
  return usedBytes > limitBytes ? { kind: 'pod', limitBytes, usedBytes } : undefined
}

/** Writable layers count only where images and containers share the node's one filesystem. */
function overContainer({ containers }: LimitedPod, layout: FilesystemLayout): LimitExceeded | undefined {
  for (const { name, limitBytes, writableBytes = 0, logBytes = 0 } of containers) {
    const usedBytes = logBytes + (layout === 'single' ? writableBytes : 0)
    if (limitBytes !== undefined && usedBytes > limitBytes) {
      return { kind: 'container', container: name, limitBytes, usedBytes }
    }
  }
  return undefined
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
