import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import { withDefaultTag } from '../../kubelet/image-pull/image-reference.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { parseQuantity } from '../../units/quantity.ts'
import type { DeadContainer, Effects, SimulatedPod, World } from '../simulation/world.ts'
import { limitedParts, usageOf, volumeBytesOf, type PodPart } from './pod-parts.ts'
import { recordedDisk, type RecordedDisk } from './recorded-disk.ts'
import { isPresent, recordedImages } from './recorded-images.ts'
import { MIRROR, recordedPods, type RecordedPod } from './recorded-pods.ts'
import type { RecordedRun } from './recorded-run.ts'
import { recordedUsage } from './recorded-usage.ts'

/** A killed pod's containers are dead after so long. */
const KILL_MS = 200
/** The kubelet removes the dead containers of an evicted pod that still exists so long after the kill (semantics §2.4). */
const TRIM_MS = 1500
/** Its volumes and cgroups take a little longer. */
const CLEANED_UP_MS = 3000
const SHORT_GRACE_MS = 10_000
const LONGEST_CLEAN_UP_MS = 30_000
/** So much of what the figures say a pod had must be seen to come free; less than the second is not seen. */
const FREED_SHARE = 0.6
const LEAST_FREED_BYTES = 16 * 2 ** 20

/** The node of a recording as a world for a simulated kubelet: the free bytes are those that were recorded. */
export function recordedWorld(run: RecordedRun): { world: World; disk: RecordedDisk } {
  const disk = recordedDisk(run)
  const pods = recordedPods(run)
  const images = recordedImages(run)
  const partsAt = recordedUsage(run)
  const idOf = new Map(images.flatMap(({ id, names }) => names.map((name) => [name, id] as const)))
  const byId = new Map(images.map((image) => [image.id, image]))
  const imageId = (reference: string) =>
    idOf.get(reference) ?? idOf.get(withDefaultTag(reference)) ?? reference
  const alive = (at: Instant, effects: Effects) =>
    pods.filter(
      ({ uid, boundAt, endsAt = Infinity }) => boundAt <= at && at < endsAt && !effects.rejected.has(uid),
    )

  const freedAt = (parts: readonly PodPart[] | undefined, at: Instant, within: Duration) => {
    const { writableBytes, logBytes, volumeBytes } = usageOf(parts ?? [])
    const most = FREED_SHARE * (writableBytes + logBytes + volumeBytes)
    return most < LEAST_FREED_BYTES ? undefined : disk.risenAt(at, most, within)
  }
  const activePods: World['activePods'] = (at, effects) =>
    alive(at, effects)
      .filter(({ uid, finishedAt = Infinity }) => !effects.evicted.has(uid) && at < finishedAt)
      .map((pod) => {
        const parts = partsAt(pod.statsUid, at, pod.boundAt)
        const simulated = simulatedPod(pod, parts)
        // Who shortens its grace period does so because it is used up, unless its bytes came free before.
        const usesItUp =
          simulated.graceMs <= SHORT_GRACE_MS && freedAt(parts, at, simulated.graceMs / 2) === undefined
        return usesItUp ? { ...simulated, ignoresSignal: true } : simulated
      })

  const world: World = {
    filesystems: disk.at,
    filesystemsAfterReclaim(at, effects) {
      const removed = [...effects.removedImages.values(), ...effects.removedContainers.values()]
      return removed.includes(at) ? disk.afterReclaim(at) : disk.at(at, effects)
    },
    images: (at, { removedImages }) =>
      images.filter((image) => isPresent(image, at, removedImages.get(image.id))),
    imageName: (id) => byId.get(id)?.names[0],
    imageId: (reference) => idOf.get(reference),
    imagesInUse(at, effects, oneMore) {
      const used = new Set(oneMore === undefined ? [] : [oneMore])
      for (const pod of alive(at, effects)) {
        for (const { id, image, createdAt } of pod.containers) {
          if (createdAt <= at && !effects.removedContainers.has(id) && !isTrimmed(pod, at, effects)) {
            used.add(imageId(image))
          }
        }
      }
      return used
    },
    podsOfImage: (id) =>
      pods
        .filter(({ containers }) => containers.some(({ image }) => imageId(image) === id))
        .map(({ uid }) => uid),
    activePods,
    measured: (some) => some,
    limitedPods: (at, effects) => activePods(at, effects).filter(({ limits }) => limits !== undefined),
    // Its next reading may be anything.
    steadyUntil: (at) => at,
    resourcesGoneAt(uid, killedAt) {
      const pod = pods.find((one) => one.uid === uid)
      if (isKeptByController(pod)) return Infinity
      // What it had is freed before it is gone; a large log takes its time.
      const parts = partsAt(pod?.statsUid ?? uid, killedAt, pod?.boundAt ?? 0)
      return Math.max(killedAt + CLEANED_UP_MS, freedAt(parts, killedAt, LONGEST_CLEAN_UP_MS) ?? 0)
    },
    deadContainers: (at, effects) => pods.flatMap((pod) => deadOf(pod, at, effects)),
    arrivals: (after, until) =>
      pods
        .filter(({ boundAt }) => boundAt > after && boundAt <= until)
        .map((pod) => ({ at: pod.boundAt, pod: simulatedPod(pod, []) }))
        .toSorted((a, b) => a.at - b.at),
  }
  return { world, disk }
}

/** Controllers that delete an evicted pod at once, so that the kubelet keeps its container until the next collection. */
const DELETES_FAILED_PODS = /^(?:StatefulSet|DaemonSet)$/

function isTrimmed(pod: RecordedPod, at: Instant, { evicted }: Effects): boolean {
  const killedAt = evicted.get(pod.uid)
  return killedAt !== undefined && at >= killedAt + TRIM_MS && !isKeptByController(pod)
}

function isKeptByController(pod: RecordedPod | undefined): boolean {
  const owners = pod?.object?.metadata.ownerReferences ?? []
  return owners.some(({ kind }) => DELETES_FAILED_PODS.test(kind))
}

function deadOf(pod: RecordedPod, at: Instant, effects: Effects): DeadContainer[] {
  const killedAt = effects.evicted.get(pod.uid)
  const isEvicted = killedAt !== undefined && at >= killedAt + KILL_MS && !isTrimmed(pod, at, effects)
  const isFinished = killedAt === undefined && at >= (pod.finishedAt ?? Infinity)
  const isDeleted = at >= (pod.endsAt ?? Infinity)
  if (isDeleted || !(isEvicted || isFinished)) return []
  return pod.containers
    .filter(({ id, createdAt }) => createdAt <= at && !effects.removedContainers.has(id))
    .map(({ id, name, createdAt }) => ({
      id,
      podUid: pod.uid,
      pod: `${pod.namespace}/${pod.name}`,
      name,
      state: 'EXITED',
      createdAt,
      isPodGone: isEvicted,
      isPodFinished: isFinished,
    }))
}

/** A pod that no snapshot shows is taken for one that uses nothing. */
function simulatedPod(
  { uid, namespace, name, object }: RecordedPod,
  parts: readonly PodPart[] | undefined,
): SimulatedPod {
  const annotations = object?.metadata.annotations ?? {}
  const graceMs = (object?.spec.terminationGracePeriodSeconds ?? 30) * 1000
  const limits = object && parts && limitsOf(object, uid, parts)
  return {
    uid,
    namespace,
    name,
    priority: object?.spec.priority,
    requestBytes: sumOf(object, 'requests'),
    ...(parts === undefined ? {} : { usage: usageOf(parts) }),
    isMirror: annotations[MIRROR] !== undefined,
    graceMs,
    ...(limits === undefined ? {} : { limits }),
  }
}

/** Limits of its own, with what is compared with them. */
function limitsOf({ spec }: Pod, uid: string, parts: readonly PodPart[]): LimitedPod | undefined {
  const limitOf = (limits: Readonly<Record<string, string | number>> | null | undefined) =>
    parseQuantity(String(limits?.['ephemeral-storage'] ?? ''))
  const sized = spec.volumes.filter(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)
  const limited = spec.containers.filter(({ resources }) => limitOf(resources?.limits) !== undefined)
  if (sized.length === 0 && limited.length === 0) return undefined
  const bytesOf = limitedParts(parts)
  return {
    uid,
    emptyDirs: sized.map(({ name, emptyDir }) => ({
      name,
      limitBytes: parseQuantity(String(emptyDir?.sizeLimit)),
      usedBytes: bytesOf('volume', name),
    })),
    containers: spec.containers.map(({ name, resources }) => ({
      name,
      limitBytes: limitOf(resources?.limits),
      writableBytes: bytesOf('layer', name),
      logBytes: bytesOf('log', name),
    })),
    volumeBytes: volumeBytesOf(parts),
  }
}

function sumOf(object: Pod | undefined, which: 'requests'): number {
  return (object?.spec.containers ?? []).reduce(
    (total, { resources }) =>
      total + (parseQuantity(String(resources?.[which]?.['ephemeral-storage'] ?? '0')) ?? 0),
    0,
  )
}
