import type { NodeFilesystems } from '../../kubelet/eviction/signals.ts'
import type { Instant } from '../../units/instant.ts'
import type { DeadContainer, Effects, World } from '../simulation/world.ts'
import { CLEANED_UP_MS, describedDisks, type DescribedDisks } from './described-disks.ts'
import type { DescribedNode } from './described-node.ts'
import { asSimulated, placedPods, spareMs, type PlacedPod } from './described-pods.ts'
import { diskOf, FREED_MS } from './pod-stays.ts'

/** The described node as a world for a simulated kubelet: what grows, grows as it is described. */
export function describedWorld(node: DescribedNode): World {
  const start = node.start ?? 0
  const pods = placedPods(node, start)
  const images = node.images.map(({ name, id = name, size, pinned }) => ({
    id,
    name,
    sizeBytes: size,
    pinned,
  }))
  const nameOf = new Map(images.map(({ id, name }) => [id, name]))
  const idOf = new Map(images.map(({ id, name }) => [name, id]))
  const disksAfter = describedDisks(node, pods, start)
  const figures = (at: Instant, effects: Effects) => figuresOf(node, disksAfter(effects), at)
  const isThere = ({ uid, boundAt, endsAt }: PlacedPod, at: Instant, { rejected }: Effects) =>
    boundAt <= at && at < endsAt && !rejected.has(uid)

  const activeOf = (some: readonly PlacedPod[], at: Instant, effects: Effects) => {
    const disks = disksAfter(effects)
    return some
      .filter((pod) => isThere(pod, at, effects) && !effects.evicted.has(pod.uid) && !pod.described.finished)
      .map(
        (pod) =>
          steady.get(pod.uid) ??
          asSimulated(pod, (part) => {
            if (part.bytesPerSecond === 0) return part.bytes
            const seconds = disks[diskOf(part, node)].writableSeconds(pod.boundAt, at)
            return part.bytes + Math.round(part.bytesPerSecond * seconds)
          }),
      )
  }
  const withImages = pods.map((pod) => ({
    pod,
    containers: pod.described.containers.flatMap(({ name, image }) =>
      image === undefined ? [] : { id: containerId(pod, name), imageId: idOf.get(image) ?? image },
    ),
  }))
  const comers = pods.filter(({ boundAt }) => boundAt > start).toSorted((a, b) => a.boundAt - b.boundAt)
  const limited = pods.filter(({ fixed }) => fixed.hasLimits)
  // What does not grow is the same at any instant.
  const steady = new Map(
    pods
      .filter(({ parts }) => parts.every(({ bytesPerSecond }) => bytesPerSecond === 0))
      .map((pod) => [pod.uid, asSimulated(pod, ({ bytes }) => bytes)] as const),
  )
  const finished = pods.filter(({ described }) => described.finished)
  const growing = limited.flatMap((pod) => {
    const bytesPerSecond = pod.parts.reduce((sum, part) => sum + part.bytesPerSecond, 0)
    return bytesPerSecond > 0 ? { pod, bytesPerSecond } : []
  })
  const turns = pods
    .flatMap(({ boundAt, endsAt }) => [boundAt, endsAt])
    .filter((turn) => Number.isFinite(turn))
    .toSorted((a, b) => a - b)

  let lastUse: (ImageUse & { effects: Effects }) | undefined
  /** The images in use at an instant, and from when until when they are the same if the kubelet does nothing. */
  const imagesInUse = (at: Instant, effects: Effects): ImageUse => {
    const used = new Set<string>()
    let until = turns.find((turn) => turn > at) ?? Infinity
    for (const { pod, containers } of withImages) {
      const goneAt = (effects.evicted.get(pod.uid) ?? Infinity) + FREED_MS
      if (!isThere(pod, at, effects) || at >= goneAt) continue
      until = Math.min(until, goneAt)
      for (const { id, imageId } of containers) if (!effects.removedContainers.has(id)) used.add(imageId)
    }
    return { used, from: at, until }
  }

  return {
    filesystems: figures,
    filesystemsAfterReclaim: figures,
    images: (_, { removedImages }) => images.filter(({ id }) => !removedImages.has(id)),
    imageName: (id) => nameOf.get(id),
    imageId: (reference) => idOf.get(reference),
    isImageInUse(at, effects) {
      if (lastUse?.effects !== effects || at < lastUse.from || at >= lastUse.until) {
        lastUse = { effects, ...imagesInUse(at, effects) }
      }
      const { used } = lastUse
      return (id) => used.has(id)
    },
    activePods: (at, effects) => activeOf(pods, at, effects),
    limitedPods: (at, effects) => activeOf(limited, at, effects),
    steadyUntil(at, effects, levels) {
      const disks = disksAfter(effects)
      const crossings = levels.map(({ signal, value }) => {
        const disk =
          signal.startsWith('imagefs') || signal.startsWith('containerfs') ? disks.imagefs : disks.nodefs
        return disk.nextCrossing(at, signal.endsWith('.inodesFree') ? 'inodes' : 'bytes', value)
      })
      const spare = growing.flatMap(({ pod, bytesPerSecond }) =>
        activeOf([pod], at, effects).map(({ limits }) => at + spareMs(limits, bytesPerSecond)),
      )
      return Math.min(...crossings, ...spare, turns.find((turn) => turn > at) ?? Infinity)
    },
    resourcesGoneAt: (_, killedAt) => killedAt + CLEANED_UP_MS,
    // Those of an evicted pod are gone within moments of its end.
    deadContainers: (at, effects) =>
      finished.filter((pod) => isThere(pod, at, effects)).flatMap((pod) => deadOf(pod, effects)),
    arrivals: (after, until) =>
      comers
        .filter(({ boundAt }) => boundAt > after && boundAt <= until)
        .map((pod) => ({ at: pod.boundAt, pod: asSimulated(pod, ({ bytes }) => bytes) })),
  }
}

interface ImageUse {
  used: ReadonlySet<string>
  from: Instant
  until: Instant
}

function containerId({ uid }: PlacedPod, name: string): string {
  return `${uid}/${name}`
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
  const of = (name: keyof DescribedDisks) => {
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
