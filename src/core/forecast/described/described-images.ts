import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import type { Effects, World } from '../simulation/world.ts'
import type { DescribedNode } from './described-node.ts'
import { containerId, isThere, turnsOf, type PlacedPod } from './described-pods.ts'
import { FREED_MS } from './pod-stays.ts'

/** The images of a described node, and which of them have containers. What was last asked is not reckoned again. */
export function describedImages(
  node: DescribedNode,
  pods: readonly PlacedPod[],
): Pick<World, 'images' | 'imageName' | 'imageId' | 'isImageInUse'> {
  const all = node.images.map(({ name, id = name, size, pinned }) => ({ id, name, sizeBytes: size, pinned }))
  const nameOf = new Map(all.map(({ id, name }) => [id, name]))
  const idOf = new Map(all.map(({ id, name }) => [name, id]))
  const usersOf = imageUsers(pods, (reference) => idOf.get(reference) ?? reference)
  let listed: { removed: Effects['removedImages']; images: readonly ListedImage[] } | undefined
  let use: ImageUse | undefined
  return {
    images(_, { removedImages: removed }) {
      if (listed?.removed !== removed) {
        listed = { removed, images: all.filter(({ id }) => !removed.has(id)) }
      }
      return listed.images
    },
    imageName: (id) => nameOf.get(id),
    imageId: (reference) => idOf.get(reference),
    isImageInUse(at, effects) {
      if (!use || !isStill(use, at, effects)) use = usersOf(at, effects)
      return use.isInUse
    },
  }
}

/** Which images are in use while nothing is done to the pods. */
interface ImageUse {
  isInUse: (id: string) => boolean
  effects: Effects
  from: Instant
  until: Instant
}

function isStill({ effects, from, until }: ImageUse, at: Instant, now: Effects): boolean {
  return (
    from <= at &&
    at < until &&
    effects.evicted === now.evicted &&
    effects.rejected === now.rejected &&
    effects.removedContainers === now.removedContainers
  )
}

/** An image is in use by every container of a pod that is there, until it is removed (semantics §1.3). */
function imageUsers(pods: readonly PlacedPod[], idOf: (reference: string) => string) {
  const turns = turnsOf(pods)
  const users = pods.map((pod) => ({
    pod,
    containers: pod.described.containers.flatMap(({ name, image }) =>
      image === undefined ? [] : { id: containerId(pod, name), imageId: idOf(image) },
    ),
  }))
  return (at: Instant, effects: Effects): ImageUse => {
    const used = new Set<string>()
    let until = turns.find((turn) => turn > at) ?? Infinity
    for (const { pod, containers } of users) {
      const goneAt = (effects.evicted.get(pod.uid) ?? Infinity) + FREED_MS
      if (at >= goneAt || !isThere(pod, at, effects)) continue
      until = Math.min(until, goneAt)
      for (const { id, imageId } of containers) if (!effects.removedContainers.has(id)) used.add(imageId)
    }
    return { isInUse: (id) => used.has(id), effects, from: at, until }
  }
}
