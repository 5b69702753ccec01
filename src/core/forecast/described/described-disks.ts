import type { Instant } from '../../units/instant.ts'
import type { Effects } from '../simulation/world.ts'
import type { DescribedNode } from './described-node.ts'
import type { PlacedPod, PodPart } from './described-pods.ts'
import { diskTimeline, type DiskTimeline, type Growth, type Release } from './disk-timeline.ts'

/** A killed pod's data is freed, and its dead containers are removed, within so long (semantics §2.4). */
export const FREED_MS = 1500
/** Its volumes and cgroups take a little longer. */
export const CLEANED_UP_MS = 3000

/** The filesystems of a described node over time; one and the same where there is but one. */
export interface DescribedDisks {
  nodefs: DiskTimeline
  imagefs: DiskTimeline
}

type DiskName = keyof DescribedDisks

/** How the disks go, given what the kubelet has done so far. */
export function describedDisks(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
  effects: Effects,
): DescribedDisks {
  const isSingle = node.filesystems.imagefs === undefined
  const nodefs = timeline(node, pods, start, effects, 'nodefs')
  return { nodefs, imagefs: isSingle ? nodefs : timeline(node, pods, start, effects, 'imagefs') }
}

/** On which filesystem a part of a pod lies (semantics §3.5): writable layers lie beside the images. */
export function diskOf({ kind }: Pick<PodPart, 'kind'>, { filesystems }: DescribedNode): DiskName {
  return filesystems.imagefs !== undefined && kind === 'writable-layer' ? 'imagefs' : 'nodefs'
}

/** When a pod's data stops growing: it is evicted, or someone deletes it. */
export function endOf({ uid, endsAt }: PlacedPod, { evicted }: Effects): Instant {
  return Math.min(endsAt, evicted.get(uid) ?? Infinity)
}

function timeline(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
  effects: Effects,
  disk: DiskName,
): DiskTimeline {
  const {
    capacity,
    available,
    inodes = 0,
    inodesFree = 0,
  } = node.filesystems[disk] ?? node.filesystems.nodefs
  const growths: Growth[] = []
  const releases: Release[] = []
  const growingOn = partsGrowingOn(node)
  let living = 0
  for (const pod of pods) {
    if (effects.rejected.has(pod.uid)) continue
    const until = endOf(pod, effects)
    const isThereThroughout = pod.boundAt <= start && until === Infinity
    for (const { key, bytesPerSecond } of growingOn(pod, disk)) {
      if (isThereThroughout) living += bytesPerSecond
      else
        growths.push({ key, bytesPerSecond, inodesPerSecond: 0, from: Math.max(pod.boundAt, start), until })
    }
    if (Number.isFinite(until)) {
      const parts = pod.parts.filter((part) => diskOf(part, node) === disk)
      releases.push(releaseOf(parts, until + FREED_MS))
    }
  }
  // What grows all the time is one line, however many pods it is of.
  growths.push({ key: 'living', bytesPerSecond: living, inodesPerSecond: 0, from: start, until: Infinity })
  const images = node.filesystems.imagefs === undefined ? 'nodefs' : 'imagefs'
  for (const { name, id = name, size, onDisk = size ?? 0 } of disk === images ? node.images : []) {
    const at = effects.removedImages.get(id)
    if (at !== undefined) releases.push({ at, bytes: onDisk, inodes: 0, growths: [] })
  }
  const begin = { at: start, capacityBytes: capacity, availableBytes: available, inodes, inodesFree }
  return diskTimeline(begin, [...growths, ...writersOn(node, disk, start)], releases)
}

function partsGrowingOn(node: DescribedNode): (pod: PlacedPod, disk: DiskName) => readonly PodPart[] {
  return (pod, disk) => pod.parts.filter((part) => part.bytesPerSecond > 0 && diskOf(part, node) === disk)
}

function releaseOf(parts: readonly PodPart[], at: Instant): Release {
  return {
    at,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    inodes: parts.reduce((sum, { inodes }) => sum + inodes, 0),
    growths: parts.map(({ key }) => key),
  }
}

function writersOn({ writers, filesystems }: DescribedNode, disk: DiskName, start: Instant): Growth[] {
  return writers
    .filter(({ filesystem }) => (filesystems.imagefs === undefined ? disk === 'nodefs' : filesystem === disk))
    .map(({ bytesPerSecond, inodesPerSecond, from = 0, until }, index) => ({
      key: `writer ${index}`,
      bytesPerSecond,
      inodesPerSecond,
      from: start + from,
      until: until === undefined ? Infinity : start + until,
    }))
}
