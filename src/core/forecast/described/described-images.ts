import type { ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import type { Effects, World } from '../simulation/world.ts'
import type { DescribedNode } from './described-node.ts'
import { containerId, isThere, turnsOf, type PlacedPod } from './described-pods.ts'
import { addedTo } from './added-to.ts'
import { FREED_MS } from './pod-stays.ts'

/** The images of a described node, and which of them have containers. What was last asked is not reckoned again. */
export function describedImages(
  node: DescribedNode,
  pods: readonly PlacedPod[],
): Pick<World, 'images' | 'imageName' | 'imageId' | 'imagesInUse'> {
  const all = uniqueImages(node.images).map(({ name, id = name, size, pinned }) => ({
    id,
    name,
    sizeBytes: size,
    pinned,
  }))
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
    imagesInUse(at, effects, oneMore) {
      use =
        (use && use.oneMore === oneMore ? stillOf(use, at, effects) : undefined) ??
        usersOf(at, effects, oneMore)
      return use.ids
    },
  }
}

/** The last of those that are described under one id. */
export function uniqueImages(images: DescribedNode['images']): DescribedNode['images'] {
  return [...new Map(images.map((image) => [image.id ?? image.name, image])).values()]
}

/** Which images are in use while nothing is done to the pods. */
interface ImageUse {
  ids: ReadonlySet<string>
  oneMore: string | undefined
  effects: Effects
  from: Instant
  until: Instant
}

/** The same use, as long as the pods that were evicted since have not let go of their images; undefined when it may be another. */
function stillOf(use: ImageUse, at: Instant, now: Effects): ImageUse | undefined {
  const { effects, from } = use
  const isUnchanged = effects.rejected === now.rejected && effects.removedContainers === now.removedContainers
  const evicted = isUnchanged ? addedTo(effects.evicted, now.evicted) : undefined
  if (!evicted) return undefined
  const until = Math.min(use.until, ...[...evicted.values()].map((killedAt) => killedAt + FREED_MS))
  if (at < from || at >= until) return undefined
  return evicted.size === 0 ? use : { ...use, effects: now, until }
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
  return (at: Instant, effects: Effects, oneMore: string | undefined): ImageUse => {
    const used = new Set(oneMore === undefined ? [] : [oneMore])
    let until = turns.find((turn) => turn > at) ?? Infinity
    for (const { pod, containers } of users) {
      const goneAt = (effects.evicted.get(pod.uid) ?? Infinity) + FREED_MS
      if (at >= goneAt || !isThere(pod, at, effects)) continue
      until = Math.min(until, goneAt)
      for (const { id, imageId } of containers) if (!effects.removedContainers.has(id)) used.add(imageId)
    }
    return { ids: used, oneMore, effects, from: at, until }
  }
}
