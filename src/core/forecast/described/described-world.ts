import type { NodeFilesystems } from '../../kubelet/eviction/signals.ts'
import type { Instant } from '../../units/instant.ts'
import type { DeadContainer, Effects, SignalLevel, SimulatedPod, World } from '../simulation/world.ts'
import { CLEANED_UP_MS, describedDisks, type DescribedDisks } from './described-disks.ts'
import { describedImages } from './described-images.ts'
import type { DescribedNode } from './described-node.ts'
import {
  containerId,
  grownPod,
  isThere,
  placedPods,
  spareMs,
  turnsOf,
  type DiskName,
  type PlacedPod,
} from './described-pods.ts'

/** The described node as a world for a simulated kubelet: what grows, grows as it is described. */
export function describedWorld(node: DescribedNode): World {
  const start = node.start ?? 0
  const pods = placedPods(node, start)
  const disksAfter = describedDisks(node, pods, start)
  const figures = (at: Instant, effects: Effects) => figuresOf(node, disksAfter(effects), at)
  const comers = pods.filter(({ boundAt }) => boundAt > start).toSorted((a, b) => a.boundAt - b.boundAt)
  const limited = pods.filter(({ begun }) => begun.limits !== undefined)
  const growing = limited.filter((pod) => pod.growing.length > 0)
  const finished = pods.filter(({ described }) => described.finished)
  const turns = turnsOf(pods)
  const podOf = new Map(pods.map((pod) => [pod.uid, pod]))
  const grown = (some: readonly PlacedPod[], at: Instant, effects: Effects) =>
    grownPods(some, disksAfter(effects), start, at)
  return {
    ...describedImages(node, pods),
    filesystems: figures,
    filesystemsAfterReclaim: figures,
    activePods: (at, effects) => pods.filter((pod) => isActive(pod, at, effects)).map(({ begun }) => begun),
    measured(some, at, effects) {
      const asked = some.map(({ uid }) => podOf.get(uid)).filter((pod) => pod !== undefined)
      return grown(asked, at, effects)
    },
    limitedPods: (at, effects) =>
      grown(
        limited.filter((pod) => pod.withinLimitsUntil <= at && isActive(pod, at, effects)),
        at,
        effects,
      ),
    steadyUntil(at, effects, levels) {
      const crossings = levels.map((level) => crossingOf(level, disksAfter(effects), at))
      const first = Math.min(...crossings, turns.find((turn) => turn > at) ?? Infinity)
      const near = growing.filter(({ withinLimitsUntil }) => withinLimitsUntil < first)
      const spare = near.flatMap((pod) =>
        isActive(pod, at, effects)
          ? grown([pod], at, effects).map(({ limits }) => at + spareMs(limits, pod.growing))
          : [],
      )
      return Math.min(first, ...spare)
    },
    resourcesGoneAt: (_, killedAt) => killedAt + CLEANED_UP_MS,
    // Those of an evicted pod are gone within moments of its end.
    deadContainers: (at, effects) =>
      finished.filter((pod) => isThere(pod, at, effects)).flatMap((pod) => deadOf(pod, effects)),
    arrivals: (after, until) =>
      comers
        .filter(({ boundAt }) => boundAt > after && boundAt <= until)
        .map((pod) => ({ at: pod.boundAt, pod: pod.begun })),
  }
}

/** Whether a pod runs at an instant. */
function isActive(pod: PlacedPod, at: Instant, effects: Effects): boolean {
  return isThere(pod, at, effects) && !effects.evicted.has(pod.uid) && !pod.described.finished
}

/** Pods that run, as they are at an instant. */
function grownPods(
  pods: readonly PlacedPod[],
  disks: DescribedDisks,
  start: Instant,
  at: Instant,
): SimulatedPod[] {
  if (pods.length === 0) return []
  const secondsSince = (from: Instant): Record<DiskName, number> => ({
    nodefs: disks.nodefs.writableSeconds(from, at),
    imagefs: disks.imagefs.writableSeconds(from, at),
  })
  const sinceStart = secondsSince(start)
  return pods.map((pod) => grownPod(pod, pod.boundAt <= start ? sinceStart : secondsSince(pod.boundAt)))
}

function crossingOf({ signal, value }: SignalLevel, disks: DescribedDisks, at: Instant): Instant {
  const isOfImages = signal.startsWith('imagefs') || signal.startsWith('containerfs')
  const disk = isOfImages ? disks.imagefs : disks.nodefs
  return disk.nextCrossing(at, signal.endsWith('.inodesFree') ? 'inodes' : 'bytes', value)
}

function deadOf(pod: PlacedPod, { removedContainers }: Effects): DeadContainer[] {
  const { uid, boundAt, described } = pod
  return described.containers
    .map(({ name }): DeadContainer => ({
      id: containerId(pod, name),
      podUid: uid,
      pod: `${described.namespace}/${described.name}`,
      name,
      state: 'EXITED',
      createdAt: boundAt,
      isPodGone: false,
      isPodFinished: true,
    }))
    .filter(({ id }) => !removedContainers.has(id))
}

function figuresOf({ filesystems }: DescribedNode, disks: DescribedDisks, at: Instant): NodeFilesystems {
  const of = (name: DiskName) => {
    const { capacity, inodes } = filesystems[name] ?? filesystems.nodefs
    return {
      availableBytes: disks[name].availableBytes(at),
      capacityBytes: capacity,
      inodes,
      inodesFree: inodes === undefined ? undefined : disks[name].inodesFree(at),
      at,
    }
  }
  return { nodefs: of('nodefs'), imagefs: of('imagefs') }
}
