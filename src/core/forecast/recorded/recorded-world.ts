import type { LimitedPod } from '../../kubelet/eviction/local-limits.ts'
import type { PodDiskUsage } from '../../kubelet/eviction/pods.ts'
import { withDefaultTag } from '../../kubelet/image-pull/image-reference.ts'
import type { Pod } from '../../kubernetes/pod.ts'
import type { Instant } from '../../units/instant.ts'
import { parseQuantity } from '../../units/quantity.ts'
import type { DeadContainer, Effects, SimulatedPod, World } from '../simulation/world.ts'
import { recordedDisk, type RecordedDisk } from './recorded-disk.ts'
import { isPresent, recordedImages } from './recorded-images.ts'
import { recordedPods, type RecordedPod } from './recorded-pods.ts'
import type { RecordedRun } from './recorded-run.ts'
import { recordedUsage } from './recorded-usage.ts'

/** A killed pod's containers are dead after so long. */
const KILL_MS = 200
/** The kubelet removes the dead containers of an evicted pod that still exists so long after the kill (semantics §2.4). */
const TRIM_MS = 1500

/** The node of a recording as a world for a simulated kubelet: the free bytes are those that were recorded. */
export function recordedWorld(run: RecordedRun): { world: World; disk: RecordedDisk } {
  const disk = recordedDisk(run)
  const pods = recordedPods(run)
  const images = recordedImages(run)
  const usageAt = recordedUsage(run.snapshots)
  const idOf = new Map(images.flatMap(({ id, names }) => names.map((name) => [name, id] as const)))
  const byId = new Map(images.map((image) => [image.id, image]))
  const imageId = (reference: string) =>
    idOf.get(reference) ?? idOf.get(withDefaultTag(reference)) ?? reference
  const alive = (at: Instant, effects: Effects) =>
    pods.filter(
      ({ uid, boundAt, endsAt = Infinity }) => boundAt <= at && at < endsAt && !effects.rejected.has(uid),
    )

  const activePods: World['activePods'] = (at, effects) =>
    alive(at, effects)
      .filter(({ uid, object }) => !effects.evicted.has(uid) && !isTerminal(object))
      .map((pod) => simulatedPod(pod, usageAt(pod.uid, at) ?? NO_USAGE))

  const world: World = {
    filesystems: disk.at,
    filesystemsAfterReclaim(at, effects) {
      const removed = [...effects.removedImages.values(), ...effects.removedContainers.values()]
      return removed.includes(at) ? disk.afterReclaim(at) : disk.at(at)
    },
    images: (at, { removedImages }) =>
      images.filter((image) => isPresent(image, at, removedImages.get(image.id))),
    imageName: (id) => byId.get(id)?.names[0],
    imageId: (reference) => idOf.get(reference),
    isImageInUse(at, effects) {
      const used = new Set<string>()
      for (const pod of alive(at, effects)) {
        for (const { id, image, createdAt } of pod.containers) {
          if (createdAt <= at && !effects.removedContainers.has(id) && !isTrimmed(pod, at, effects)) {
            used.add(imageId(image))
          }
        }
      }
      return (id) => used.has(id)
    },
    activePods,
    limitedPods: (at, effects) => activePods(at, effects).filter(({ limits }) => limits !== undefined),
    // Its next reading may be anything.
    steadyUntil: (at) => at,
    deadContainers: (at, effects) => pods.flatMap((pod) => deadOf(pod, at, effects)),
    arrivals: (after, until) =>
      pods
        .filter(({ boundAt }) => boundAt > after && boundAt <= until)
        .map((pod) => ({ at: pod.boundAt, pod: simulatedPod(pod, NO_USAGE) }))
        .toSorted((a, b) => a.at - b.at),
  }
  return { world, disk }
}

/** A pod that no snapshot shows is taken for one that uses nothing. */
const NO_USAGE: PodDiskUsage = { writableBytes: 0, logBytes: 0, volumeBytes: 0 }

/** Controllers that delete an evicted pod at once, so that the kubelet keeps its container until the next collection. */
const DELETES_FAILED_PODS = /^(?:StatefulSet|DaemonSet)$/

function isTrimmed({ uid, object }: RecordedPod, at: Instant, { evicted }: Effects): boolean {
  const killedAt = evicted.get(uid)
  if (killedAt === undefined || at < killedAt + TRIM_MS) return false
  return !(object?.metadata.ownerReferences ?? []).some(({ kind }) => DELETES_FAILED_PODS.test(kind))
}

function deadOf(pod: RecordedPod, at: Instant, effects: Effects): DeadContainer[] {
  const killedAt = effects.evicted.get(pod.uid)
  if (killedAt === undefined || at < killedAt + KILL_MS || isTrimmed(pod, at, effects)) return []
  return pod.containers
    .filter(({ id, createdAt }) => createdAt <= at && !effects.removedContainers.has(id))
    .map(({ id, name, createdAt }) => ({
      id,
      podUid: pod.uid,
      pod: `${pod.namespace}/${pod.name}`,
      name,
      state: 'EXITED',
      createdAt,
      isPodGone: true,
    }))
}

function simulatedPod({ uid, namespace, name, object }: RecordedPod, usage: PodDiskUsage): SimulatedPod {
  const annotations = object?.metadata.annotations ?? {}
  const isMirror = annotations['kubernetes.io/config.mirror'] !== undefined
  const limits = object && limitsOf(object, uid, usage)
  return {
    uid,
    namespace,
    name,
    priority: object?.spec.priority,
    requestBytes: sumOf(object, 'requests'),
    usage,
    isMirror,
    graceMs: (object?.spec.terminationGracePeriodSeconds ?? 30) * 1000,
    ...(limits === undefined ? {} : { limits }),
  }
}

/** Limits of its own; of a pod with several containers the summary's parts cannot be told apart here, so only its total counts. */
function limitsOf({ spec }: Pod, uid: string, usage: PodDiskUsage): LimitedPod | undefined {
  const limitOf = (limits: Readonly<Record<string, string | number>> | null | undefined) =>
    parseQuantity(String(limits?.['ephemeral-storage'] ?? ''))
  const sized = spec.volumes.filter(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)
  const limited = spec.containers.filter(({ resources }) => limitOf(resources?.limits) !== undefined)
  if (sized.length === 0 && limited.length === 0) return undefined
  const [only] = spec.containers
  return {
    uid,
    emptyDirs: sized.map(({ name, emptyDir }) => ({
      name,
      limitBytes: parseQuantity(String(emptyDir?.sizeLimit)),
      usedBytes: sized.length === 1 ? usage.volumeBytes : undefined,
    })),
    containers: spec.containers.map(({ name, resources }) => ({
      name,
      limitBytes: limitOf(resources?.limits),
      ...(name === only?.name ? { writableBytes: usage.writableBytes, logBytes: usage.logBytes } : {}),
    })),
    volumeBytes: usage.volumeBytes,
  }
}

function sumOf(object: Pod | undefined, which: 'requests'): number {
  return (object?.spec.containers ?? []).reduce(
    (total, { resources }) =>
      total + (parseQuantity(String(resources?.[which]?.['ephemeral-storage'] ?? '0')) ?? 0),
    0,
  )
}

function isTerminal(object: Pod | undefined): boolean {
  const phase = object?.status.phase
  return phase === 'Succeeded' || (phase === 'Failed' && object?.status.reason !== 'Evicted')
}
