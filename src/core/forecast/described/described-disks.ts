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

/** How the disks of a node go, given what the kubelet has done so far. */
export function describedDisks(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
): (effects: Effects) => DescribedDisks {
  const nodefs = describedDisk(node, pods, start, 'nodefs')
  if (node.filesystems.imagefs === undefined) {
    return (effects) => {
      const both = nodefs(effects)
      return { nodefs: both, imagefs: both }
    }
  }
  const imagefs = describedDisk(node, pods, start, 'imagefs')
  return (effects) => ({ nodefs: nodefs(effects), imagefs: imagefs(effects) })
}

/** On which filesystem a part of a pod lies (semantics §3.5): writable layers lie beside the images. */
export function diskOf({ kind }: Pick<PodPart, 'kind'>, { filesystems }: DescribedNode): DiskName {
  return filesystems.imagefs !== undefined && kind === 'writable-layer' ? 'imagefs' : 'nodefs'
}

/** A pod with what it has on one disk. */
interface PodOnDisk {
  pod: PlacedPod
  parts: readonly PodPart[]
  bytesPerSecond: number
}

/** One disk, with what is the same whatever the kubelet does worked out once. */
function describedDisk(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
  disk: DiskName,
): (effects: Effects) => DiskTimeline {
  const {
    capacity,
    available,
    inodes = 0,
    inodesFree = 0,
  } = node.filesystems[disk] ?? node.filesystems.nodefs
  const begin = { at: start, capacityBytes: capacity, availableBytes: available, inodes, inodesFree }
  const all = pods.map((pod): PodOnDisk => {
    const parts = pod.parts.filter((part) => diskOf(part, node) === disk)
    return { pod, parts, bytesPerSecond: parts.reduce((sum, part) => sum + part.bytesPerSecond, 0) }
  })
  const byUid = new Map(all.map((one) => [one.pod.uid, one]))
  const isThroughout = ({ pod: { boundAt, endsAt } }: PodOnDisk) => boundAt <= start && endsAt === Infinity
  const passing = all.filter((one) => !isThroughout(one))
  const growing = all.filter(isThroughout).reduce((sum, one) => sum + one.bytesPerSecond, 0)
  const writers = writersOn(node, disk, start)
  const sizes = imageSizes(node, disk)

  return ({ evicted, rejected, removedImages }) => {
    const killed = [...evicted.keys()].flatMap((uid) => byUid.get(uid) ?? []).filter(isThroughout)
    const ended = [...killed, ...passing.filter(({ pod }) => !rejected.has(pod.uid))].map((one) => ({
      ...one,
      until: Math.min(one.pod.endsAt, evicted.get(one.pod.uid) ?? Infinity),
    }))
    // What grows all the time is one line, however many pods it is of.
    const living = killed.reduce((sum, one) => sum - one.bytesPerSecond, growing)
    const growths: Growth[] = [
      { key: 'living', bytesPerSecond: living, inodesPerSecond: 0, from: start, until: Infinity },
      ...ended.map(({ pod, bytesPerSecond, until }) => ({
        key: pod.uid,
        bytesPerSecond,
        inodesPerSecond: 0,
        from: Math.max(pod.boundAt, start),
        until,
      })),
      ...writers,
    ]
    const releases = [
      ...ended.filter(({ until }) => Number.isFinite(until)).map(releaseOf),
      ...[...removedImages].map(([id, at]) => ({ at, bytes: sizes.get(id) ?? 0, inodes: 0, growths: [] })),
    ]
    return diskTimeline(begin, growths, releases)
  }
}

/** What the removal of each image gives back to a disk. */
function imageSizes({ filesystems, images }: DescribedNode, disk: DiskName): Map<string, number> {
  if (disk !== (filesystems.imagefs === undefined ? 'nodefs' : 'imagefs')) return new Map()
  return new Map(images.map(({ name, id = name, size, onDisk = size ?? 0 }) => [id, onDisk]))
}

/** All that a pod has on a disk comes free shortly after it ended. */
function releaseOf({ pod, parts, until }: PodOnDisk & { until: Instant }): Release {
  return {
    at: until + FREED_MS,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    inodes: parts.reduce((sum, { inodes }) => sum + inodes, 0),
    growths: [pod.uid],
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
