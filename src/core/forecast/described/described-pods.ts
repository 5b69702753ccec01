import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import type { PodDiskUsage } from '../../kubelet/eviction/pods.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import type { Effects, SimulatedPod } from '../simulation/world.ts'
import type { DescribedNode, DescribedPod } from './described-node.ts'

/** The filesystems of a node, by what the kubelet calls them. */
export type DiskName = 'nodefs' | 'imagefs'

/** Bytes and inodes that a pod has on the node's disks, and how they grow. */
export interface PodPart {
  kind: 'writable-layer' | 'logs' | 'empty-dir'
  disk: DiskName
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
  /** Those of them that grow. */
  growing: readonly PodPart[]
  /** The pod as the eviction manager would see it before anything has grown. */
  begun: SimulatedPod
  /** Until then it cannot get over a limit of its own; `Infinity` when it never can. */
  withinLimitsUntil: Instant
}

/** The pods of a described node; one that is there from the start was bound before it. */
export function placedPods(node: DescribedNode, start: Instant): PlacedPod[] {
  return node.pods.map((described, index) => {
    const uid = described.uid ?? `${described.namespace}/${described.name}#${index}`
    const boundAt = described.boundAfter === undefined ? -Infinity : start + described.boundAfter
    const parts = partsOf(described, node)
    const growing = parts.filter(({ bytesPerSecond }) => bytesPerSecond > 0)
    const begun = asBegun(described, uid, parts)
    return {
      uid,
      described,
      boundAt,
      endsAt: described.endsAfter === undefined ? Infinity : start + described.endsAfter,
      parts,
      growing,
      begun,
      withinLimitsUntil: Math.max(boundAt, start) + spareMs(begun.limits, growing),
    }
  })
}

/** Whether a pod that nobody evicted is on the node. */
export function isThere({ uid, boundAt, endsAt }: PlacedPod, at: Instant, { rejected }: Effects): boolean {
  return boundAt <= at && at < endsAt && !rejected.has(uid)
}

/** The instants at which pods come, or go by themselves, in order. */
export function turnsOf(pods: readonly PlacedPod[]): Instant[] {
  return pods
    .flatMap(({ boundAt, endsAt }) => [boundAt, endsAt])
    .filter((turn) => Number.isFinite(turn))
    .toSorted((a, b) => a - b)
}

/** What a container of a described pod is known by. */
export function containerId({ uid }: PlacedPod, name: string): string {
  return `${uid}/${name}`
}

/** Writable layers lie beside the images, all else on nodefs (semantics §3.5). */
function partsOf({ containers, emptyDirs }: DescribedPod, { filesystems }: DescribedNode): PodPart[] {
  const besideImages = filesystems.imagefs === undefined ? 'nodefs' : 'imagefs'
  return [
    ...containers.flatMap(({ writable, logs, writableGrowth, logsGrowth, inodes }): PodPart[] => [
      { kind: 'writable-layer', disk: besideImages, bytes: writable, inodes, bytesPerSecond: writableGrowth },
      { kind: 'logs', disk: 'nodefs', bytes: logs, inodes: 0, bytesPerSecond: logsGrowth },
    ]),
    ...emptyDirs.map(({ used, growth, inodes }): PodPart => {
      return { kind: 'empty-dir', disk: 'nodefs', bytes: used, inodes, bytesPerSecond: growth }
    }),
  ]
}

/** What the kubelet calls the bytes and the inodes of a part. */
const USAGE = {
  'writable-layer': { bytes: 'writableBytes', inodes: 'writableInodes' },
  logs: { bytes: 'logBytes', inodes: 'logInodes' },
  'empty-dir': { bytes: 'volumeBytes', inodes: 'volumeInodes' },
} as const satisfies Record<PodPart['kind'], Record<'bytes' | 'inodes', keyof PodDiskUsage>>

function asBegun(described: DescribedPod, uid: string, parts: readonly PodPart[]): SimulatedPod {
  const { namespace, name, priority, containers, emptyDirs, gracePeriodSeconds, measured } = described
  const usage = {
    writableBytes: 0,
    logBytes: 0,
    volumeBytes: 0,
    writableInodes: 0,
    logInodes: 0,
    volumeInodes: 0,
  }
  for (const { kind, bytes, inodes } of parts) {
    usage[USAGE[kind].bytes] += bytes
    usage[USAGE[kind].inodes] += inodes
  }
  const hasLimits =
    containers.some(({ limit }) => limit !== undefined) ||
    emptyDirs.some(({ sizeLimit }) => sizeLimit !== undefined)
  // Without stats it ranks first, and is never over a limit of its own (semantics §3.7, §3.8).
  const bytes = parts.map((part) => part.bytes)
  return {
    uid,
    namespace,
    name,
    priority,
    isStatic: described.static,
    requestBytes: containers.reduce((sum, { request = 0 }) => sum + request, 0),
    graceMs: gracePeriodSeconds * 1000,
    ...(measured ? { usage } : {}),
    ...(measured && hasLimits ? { limits: limitsOf(described, uid, bytes) } : {}),
  }
}

/**
 * A pod as the eviction manager would see it after its parts have grown.
 * @param seconds in which each disk took what was written since the pod was bound.
 */
export function grownPod(pod: PlacedPod, seconds: Readonly<Record<DiskName, number>>): SimulatedPod {
  const { begun, growing, parts, described, uid } = pod
  if (growing.length === 0 || !begun.usage) return begun
  const grown = ({ bytesPerSecond, disk }: PodPart) => Math.round(bytesPerSecond * seconds[disk])
  const usage = { ...begun.usage }
  for (const part of growing) usage[USAGE[part.kind].bytes] += grown(part)
  if (!begun.limits) return { ...begun, usage }
  const bytes = parts.map((part) => part.bytes + grown(part))
  return { ...begun, usage, limits: limitsOf(described, uid, bytes) }
}

/** Its own limits, with what is compared with them: two parts for each container, then one for each emptyDir. */
function limitsOf(
  { containers, emptyDirs }: DescribedPod,
  uid: string,
  bytes: readonly number[],
): LimitedPod {
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

/** How long a pod stays within every limit of its own, at least, when parts of it grow so; none if it may be over one. */
export function spareMs(limits: SimulatedPod['limits'], growing: readonly PodPart[]): Duration {
  const room = limits ? leastRoom(limits) : Infinity
  if (room < 0) return 0
  const bytesPerSecond = growing.reduce((sum, part) => sum + part.bytesPerSecond, 0)
  // What has grown of a part is rounded to a byte.
  return bytesPerSecond > 0 ? (1000 * Math.max(room - growing.length, 0)) / bytesPerSecond : Infinity
}

/** How many bytes are left until the nearest of the limits, whatever counts for it. */
function leastRoom({ emptyDirs, containers, volumeBytes }: LimitedPod): number {
  const volumes = emptyDirs.map(({ limitBytes, usedBytes = 0 }) => ({ limitBytes, usedBytes }))
  const limited = containers.map(({ limitBytes, writableBytes = 0, logBytes = 0 }) => {
    return { limitBytes, usedBytes: writableBytes + logBytes }
  })
  const limits = limited.flatMap(({ limitBytes }) => limitBytes ?? [])
  const pod = {
    limitBytes: limits.length > 0 ? sumOf(limits) : undefined,
    usedBytes: sumOf(limited.map(({ usedBytes }) => usedBytes)) + volumeBytes,
  }
  const rooms = [...volumes, ...limited, pod].map(
    ({ limitBytes = Infinity, usedBytes }) => limitBytes - usedBytes,
  )
  return Math.min(...rooms)
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
