import type { Instant } from '../../units/instant.ts'
import type { Effects } from '../simulation/world.ts'
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
import { addedTo } from './added-to.ts'
import { arrivalOf, growthOf, releaseOf, stayOf, type Stay } from './pod-stays.ts'

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
    const timeline = (last && goneOn(last, effects, contents)) ?? fromStart(effects, contents)
    last = { effects, timeline }
    return timeline
  }
}

/** The timeline with what was done since; undefined when something that had been done was not done after all. */
function goneOn(
  last: { effects: Effects; timeline: DiskTimeline },
  effects: Effects,
  contents: DiskContents,
): DiskTimeline | undefined {
  const evicted = addedTo(last.effects.evicted, effects.evicted)
  const removedImages = addedTo(last.effects.removedImages, effects.removedImages)
  if (!evicted || !removedImages || !passedAlike(contents.passing, last.effects, effects)) return undefined
  return last.timeline.and(changesBy({ evicted, removedImages }, contents))
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

function fromStart(effects: Effects, contents: DiskContents): DiskTimeline {
  const { begin, throughout, passing, writers } = contents
  const { evicted, rejected } = effects
  const changes = changesBy(effects, contents)
  // What grows all the time is one line, however many pods it is of.
  const bytesPerSecond = [...throughout.values()].reduce((sum, stay) => sum + stay.bytesPerSecond, 0)
  const steady = { from: begin.at, until: Infinity, bytesPerSecond, inodesPerSecond: 0 }
  const admitted = passing
    .filter(({ uid }) => !rejected.has(uid))
    .map((stay) => ({ ...stay, until: Math.min(stay.until, evicted.get(stay.uid) ?? Infinity) }))
    .filter(({ from, until }) => from === begin.at || from < until)
  return diskTimeline(begin, {
    growths: [steady, ...admitted.map(growthOf), ...writers, ...changes.growths],
    releases: [
      ...admitted.filter(({ from }) => from > begin.at).map(arrivalOf),
      ...admitted.filter(({ until }) => until < Infinity).map(releaseOf),
      ...changes.releases,
    ],
  })
}

/** Whether the pods that come and go had the same done to them. */
function passedAlike(passing: readonly Stay[], before: Effects, after: Effects): boolean {
  return passing.every(
    ({ uid }) =>
      before.evicted.get(uid) === after.evicted.get(uid) &&
      before.rejected.has(uid) === after.rejected.has(uid),
  )
}

/** What the removal of images and the eviction of pods give back. */
function changesBy(
  { evicted, removedImages }: Pick<Effects, 'evicted' | 'removedImages'>,
  { throughout, images }: DiskContents,
): DiskChanges {
  const growths: Growth[] = []
  const releases: Release[] = []
  for (const [uid, until] of evicted) {
    const stay = throughout.get(uid)
    if (!stay) continue
    growths.push({ ...growthOf(stay), from: until, bytesPerSecond: -stay.bytesPerSecond })
    releases.push(releaseOf({ ...stay, until }))
  }
  for (const [id, at] of removedImages) releases.push({ at, bytes: images.get(id) ?? 0, inodes: 0 })
  return { growths, releases }
}
