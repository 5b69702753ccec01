import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import type { PodDiskUsage } from '../../kubelet/eviction/pods.ts'
import type { Summary } from '../../kubernetes/summary.ts'

/** A part of a pod that the kubelet counts: the writable layer or the log of a container, or a volume. */
export interface PodPart {
  kind: 'layer' | 'log' | 'volume'
  /** The container or the volume. */
  of: string
  bytes: number
  inodes: number
}

type PodStats = NonNullable<Summary['pods']>[number]

/** The parts of a pod by the kubelet's summary. A volume with a claim is never counted for its pod (semantics §3.5). */
export function partsOf({ containers, volume }: PodStats): PodPart[] {
  const ofContainers = (containers ?? []).flatMap(({ name, rootfs, logs }): PodPart[] => [
    { kind: 'layer', of: name, bytes: rootfs?.usedBytes ?? 0, inodes: rootfs?.inodesUsed ?? 0 },
    { kind: 'log', of: name, bytes: logs?.usedBytes ?? 0, inodes: logs?.inodesUsed ?? 0 },
  ])
  const ofVolumes = (volume ?? [])
    .filter(({ pvcRef }) => pvcRef === undefined)
    .map(({ name, usedBytes = 0, inodesUsed = 0 }): PodPart => ({
      kind: 'volume',
      of: name,
      bytes: usedBytes,
      inodes: inodesUsed,
    }))
  return [...ofContainers, ...ofVolumes]
}

/** What the eviction manager counts of parts. */
export function usageOf(parts: readonly PodPart[]): PodDiskUsage {
  const total = (kind: PodPart['kind'], what: 'bytes' | 'inodes') =>
    parts.reduce((sum, part) => (part.kind === kind ? sum + part[what] : sum), 0)
  return {
    writableBytes: total('layer', 'bytes'),
    logBytes: total('log', 'bytes'),
    volumeBytes: total('volume', 'bytes'),
    writableInodes: total('layer', 'inodes'),
    logInodes: total('log', 'inodes'),
    volumeInodes: total('volume', 'inodes'),
  }
}

/** What of parts is compared with limits of their own. */
export function limitedParts(
  parts: readonly PodPart[],
): (kind: PodPart['kind'], of: string) => number | undefined {
  return (kind, of) => parts.find((part) => part.kind === kind && part.of === of)?.bytes
}

/** The bytes of all volumes together. */
export function volumeBytesOf(parts: readonly PodPart[]): LimitedPod['volumeBytes'] {
  return parts.reduce((sum, { kind, bytes }) => (kind === 'volume' ? sum + bytes : sum), 0)
}
