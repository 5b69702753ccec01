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
  parts: readonly PodPart[]
}

/** The pods of a described node; one that is there from the start was bound before it. */
export function placedPods({ pods }: DescribedNode, start: Instant): PlacedPod[] {
  return pods.map((described, index) => {
    const uid = `${described.namespace}/${described.name}#${index}`
    return {
      uid,
      described,
      boundAt: described.boundAfter === undefined ? -Infinity : start + described.boundAfter,
      endsAt: described.endsAfter === undefined ? Infinity : start + described.endsAfter,
      parts: partsOf(described, uid),
    }
  })
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

/** Whether a pod has limits of its own on what it may use of the disk. */
export function hasLimits({ described: { containers, emptyDirs } }: PlacedPod): boolean {
  return (
    containers.some(({ limit }) => limit !== undefined) ||
    emptyDirs.some(({ sizeLimit }) => sizeLimit !== undefined)
  )
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
  const { uid, described, parts } = pod
  const { namespace, name, priority, containers, emptyDirs, gracePeriodSeconds } = described
  const now = parts.map((part) => ({ ...part, now: bytesOf(part) }))
  const total = (kind: PodPart['kind'], of?: string) =>
    now.reduce((sum, part) => (part.kind === kind && (of ?? part.of) === part.of ? sum + part.now : sum), 0)
  const inodes = (kind: PodPart['kind']) =>
    parts.reduce((sum, part) => (part.kind === kind ? sum + part.inodes : sum), 0)
  const volumeBytes = total('empty-dir')
  return {
    uid,
    namespace,
    name,
    priority,
    isStatic: described.static,
    requestBytes: containers.reduce((sum, { request = 0 }) => sum + request, 0),
    graceMs: gracePeriodSeconds * 1000,
    usage: {
      writableBytes: total('writable-layer'),
      logBytes: total('logs'),
      volumeBytes,
      writableInodes: inodes('writable-layer'),
      logInodes: inodes('logs'),
      volumeInodes: inodes('empty-dir'),
    },
    ...(hasLimits(pod)
      ? {
          limits: {
            uid,
            volumeBytes,
            emptyDirs: emptyDirs.map((one) => ({
              name: one.name,
              limitBytes: one.sizeLimit,
              usedBytes: total('empty-dir', one.name),
            })),
            containers: containers.map((one) => ({
              name: one.name,
              limitBytes: one.limit,
              writableBytes: total('writable-layer', one.name),
              logBytes: total('logs', one.name),
            })),
          },
        }
      : {}),
  }
}
