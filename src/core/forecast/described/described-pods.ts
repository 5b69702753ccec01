import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedPod } from '../simulation/world.ts'
import type { DescribedNode, DescribedPod } from './described-node.ts'

/** Bytes and inodes that a pod has on the node's disks, and how they grow. */
export interface PodPart {
  key: string
  kind: 'writable-layer' | 'logs' | 'empty-dir'
  /** The container or volume. */
  of: string
  bytes: number
  inodes: number
  bytesPerSecond: number
}

/** A described pod with its place in time. */
export interface PlacedPod {
  uid: string
  described: DescribedPod
  boundAt: Instant
  /** When someone deletes it; `Infinity` when nobody does. */
  endsAt: Instant
  /** For each container its writable layer and its logs, then the emptyDirs. */
  parts: readonly PodPart[]
  /** What is the same at any instant. */
  fixed: {
    hasLimits: boolean
    requestBytes: number
    inodes: Readonly<Record<PodPart['kind'], number>>
  }
}

/** The pods of a described node; one that is there from the start was bound before it. */
export function placedPods({ pods }: DescribedNode, start: Instant): PlacedPod[] {
  return pods.map((described, index) => {
    const uid = described.uid ?? `${described.namespace}/${described.name}#${index}`
    return {
      uid,
      described,
      boundAt: described.boundAfter === undefined ? -Infinity : start + described.boundAfter,
      endsAt: described.endsAfter === undefined ? Infinity : start + described.endsAfter,
      ...partsAndTotals(described, uid),
    }
  })
}

function partsAndTotals(described: DescribedPod, uid: string): Pick<PlacedPod, 'parts' | 'fixed'> {
  const { containers, emptyDirs } = described
  const parts = partsOf(described, uid)
  const inodes = { 'writable-layer': 0, logs: 0, 'empty-dir': 0 }
  for (const part of parts) inodes[part.kind] += part.inodes
  const hasLimits =
    containers.some(({ limit }) => limit !== undefined) ||
    emptyDirs.some(({ sizeLimit }) => sizeLimit !== undefined)
  const requestBytes = containers.reduce((sum, { request = 0 }) => sum + request, 0)
  return { parts, fixed: { hasLimits, requestBytes, inodes } }
}

function partsOf({ containers, emptyDirs }: DescribedPod, uid: string): PodPart[] {
  const ofContainers = containers.flatMap(({ name, writable, logs, writableGrowth, logsGrowth, inodes }) => [
    part('writable-layer', name, writable, writableGrowth, inodes),
    part('logs', name, logs, logsGrowth, 0),
  ])
  const ofVolumes = emptyDirs.map(({ name, used, growth, inodes }) =>
    part('empty-dir', name, used, growth, inodes),
  )
  return [...ofContainers, ...ofVolumes]

  function part(
    kind: PodPart['kind'],
    of: string,
    bytes: number,
    bytesPerSecond: number,
    inodes: number,
  ): PodPart {
    return { key: `${uid} ${kind} ${of}`, kind, of, bytes, inodes, bytesPerSecond }
  }
}

/** How long, in milliseconds, a pod that grows so fast stays below every limit of its own, at least. */
export function spareMs(limits: SimulatedPod['limits'], bytesPerSecond: number): number {
  if (!limits || bytesPerSecond <= 0) return Infinity
  const { emptyDirs, containers, volumeBytes } = limits
  const used = containers.map(({ writableBytes = 0, logBytes = 0 }) => writableBytes + logBytes)
  const total = used.reduce((sum, bytes) => sum + bytes, volumeBytes)
  const room = [
    ...emptyDirs.flatMap(({ limitBytes, usedBytes = 0 }) =>
      limitBytes === undefined ? [] : limitBytes - usedBytes,
    ),
    ...containers.flatMap(({ limitBytes }, index) =>
      limitBytes === undefined ? [] : limitBytes - (used[index] ?? 0),
    ),
    containers.reduce((sum, { limitBytes = 0 }) => sum + limitBytes, 0) - total,
  ]
  return (Math.max(Math.min(...room), 0) / bytesPerSecond) * 1000
}

/** A pod as the eviction manager would see it, its parts holding so many bytes. */
export function asSimulated(pod: PlacedPod, bytesOf: (part: PodPart) => number): SimulatedPod {
  const { uid, described, parts, fixed } = pod
  const bytes = parts.map(bytesOf)
  const totals = { 'writable-layer': 0, logs: 0, 'empty-dir': 0 }
  parts.forEach(({ kind }, index) => (totals[kind] += bytes[index] ?? 0))
  return {
    uid,
    namespace: described.namespace,
    name: described.name,
    priority: described.priority,
    isStatic: described.static,
    requestBytes: fixed.requestBytes,
    graceMs: described.gracePeriodSeconds * 1000,
    usage: {
      writableBytes: totals['writable-layer'],
      logBytes: totals.logs,
      volumeBytes: totals['empty-dir'],
      writableInodes: fixed.inodes['writable-layer'],
      logInodes: fixed.inodes.logs,
      volumeInodes: fixed.inodes['empty-dir'],
    },
    ...(fixed.hasLimits ? { limits: limitsOf(pod, bytes) } : {}),
  }
}

/** Its own limits, with what is compared with them: two parts for each container, then one for each emptyDir. */
function limitsOf({ uid, described }: PlacedPod, bytes: readonly number[]): LimitedPod {
  const { containers, emptyDirs } = described
  const ofVolumes = bytes.slice(2 * containers.length)
  return {
    uid,
    volumeBytes: ofVolumes.reduce((sum, volume) => sum + volume, 0),
    emptyDirs: emptyDirs.map(({ name, sizeLimit }, index) => ({
      name,
      limitBytes: sizeLimit,
      usedBytes: ofVolumes[index],
    })),
    containers: containers.map(({ name, limit }, index) => ({
      name,
      limitBytes: limit,
      writableBytes: bytes[2 * index],
      logBytes: bytes[2 * index + 1],
    })),
  }
}
