import type { Instant } from '../../units/instant.ts'
import { NO_EFFECTS, type Effects } from '../simulation/world.ts'
import type { DescribedNode } from './described-node.ts'
import type { DiskName, PlacedPod } from './described-pods.ts'
import {
  diskTimeline,
  type DiskChanges,
  type DiskStart,
  type DiskTimeline,
  type Growth,
  type Release,
} from './disk-timeline.ts'
import { growthOf, releaseOf, stayOf, type Stay } from './pod-stays.ts'

/** A killed pod's volumes and cgroups are gone within so long: a little longer than its data takes. */
export const CLEANED_UP_MS = 3000

/** The filesystems of a described node over time; one and the same where there is but one. */
export type DescribedDisks = Readonly<Record<DiskName, DiskTimeline>>

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

/** One disk. What the kubelet did since the last question is added to what was reckoned for that one. */
function describedDisk(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
  disk: DiskName,
): (effects: Effects) => DiskTimeline {
  const contents = contentsOf(node, pods, start, disk)
  let last: { effects: Effects; timeline: DiskTimeline } | undefined
  return (effects) => {
    if (last?.effects === effects) return last.timeline
    const known =
      last && goesOn(last.effects, effects, contents.passing)
        ? last
        : { effects: NO_EFFECTS, timeline: undisturbed(contents, effects) }
    const timeline = known.timeline.and(changesSince(known.effects, effects, contents))
    last = { effects, timeline }
    return timeline
  }
}

/** What is on a disk, and what writes to it. */
interface DiskContents {
  begin: DiskStart
  /** The pods that are there from the start and stay unless they are evicted, by UID. */
  throughout: ReadonlyMap<string, Stay>
  /** The pods that come or go by themselves. */
  passing: readonly Stay[]
  writers: readonly Growth[]
  /** What the removal of each image gives back, by id. */
  images: ReadonlyMap<string, number>
}

function contentsOf(
  node: DescribedNode,
  pods: readonly PlacedPod[],
  start: Instant,
  disk: DiskName,
): DiskContents {
  const { filesystems, images } = node
  const { capacity, available, inodes = 0, inodesFree = 0 } = filesystems[disk] ?? filesystems.nodefs
  const stays = pods.map((pod) => stayOf(pod, disk, start))
  const isThroughout = ({ from, until }: Stay) => from === start && until === Infinity
  const hasImages = disk === (filesystems.imagefs === undefined ? 'nodefs' : 'imagefs')
  return {
    begin: { at: start, capacityBytes: capacity, availableBytes: available, inodes, inodesFree },
    throughout: new Map(stays.filter(isThroughout).map((stay) => [stay.uid, stay])),
    passing: stays.filter((stay) => !isThroughout(stay)),
    writers: writersOn(node, disk, start),
    images: new Map(
      hasImages ? images.map(({ name, id = name, size, onDisk = size ?? 0 }) => [id, onDisk]) : [],
    ),
  }
}

function writersOn({ writers, filesystems }: DescribedNode, disk: DiskName, start: Instant): Growth[] {
  return writers
    .filter(({ filesystem }) => (filesystems.imagefs === undefined ? disk === 'nodefs' : filesystem === disk))
    .map(({ bytesPerSecond, inodesPerSecond, from = 0, until = Infinity }) => ({
      bytesPerSecond,
      inodesPerSecond,
      from: start + from,
      until: start + until,
    }))
}

/** How the disk goes when nothing is deleted, and no pod evicted that would have stayed. */
function undisturbed(
  { begin, throughout, passing, writers }: DiskContents,
  { evicted, rejected }: Effects,
): DiskTimeline {
  // What grows all the time is one line, however many pods it is of.
  const bytesPerSecond = [...throughout.values()].reduce((sum, stay) => sum + stay.bytesPerSecond, 0)
  const steady = { from: begin.at, until: Infinity, bytesPerSecond, inodesPerSecond: 0 }
  const admitted = passing
    .filter(({ uid }) => !rejected.has(uid))
    .map((stay) => ({ ...stay, until: Math.min(stay.until, evicted.get(stay.uid) ?? Infinity) }))
  return diskTimeline(begin, {
    growths: [steady, ...admitted.map(growthOf), ...writers],
    releases: admitted.filter(({ until }) => until < Infinity).map(releaseOf),
  })
}

/** Whether what was done is still done, so that more can be added to it. */
function goesOn(before: Effects, after: Effects, passing: readonly Stay[]): boolean {
  const isKept = (was: ReadonlyMap<string, Instant>, is: ReadonlyMap<string, Instant>) =>
    was === is || [...was].every(([key, at]) => is.get(key) === at)
  return (
    isKept(before.evicted, after.evicted) &&
    isKept(before.removedImages, after.removedImages) &&
    passing.every(
      ({ uid }) =>
        before.evicted.get(uid) === after.evicted.get(uid) &&
        before.rejected.has(uid) === after.rejected.has(uid),
    )
  )
}

/** What images that were removed and pods that were evicted since then give back. */
function changesSince(before: Effects, after: Effects, { throughout, images }: DiskContents): DiskChanges {
  const growths: Growth[] = []
  const releases: Release[] = []
  for (const [uid, until] of after.evicted) {
    const stay = before.evicted.has(uid) ? undefined : throughout.get(uid)
    if (!stay) continue
    growths.push({ ...growthOf(stay), from: until, bytesPerSecond: -stay.bytesPerSecond })
    releases.push(releaseOf({ ...stay, until }))
  }
  for (const [id, at] of after.removedImages) {
    if (!before.removedImages.has(id)) releases.push({ at, bytes: images.get(id) ?? 0, inodes: 0 })
  }
  return { growths, releases }
}
