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
): Pick<World, 'images' | 'imageName' | 'imageId' | 'imagesInUse' | 'podsOfImage'> {
  const all = uniqueImages(node.images).map(({ name, id = name, size, pinned }) => ({
    id,
    name,
    sizeBytes: size,
    pinned,
  }))
  const nameOf = new Map(all.map(({ id, name }) => [id, name]))
  const idOf = new Map(all.map(({ id, name }) => [name, id]))
  const users = imageUsers(pods, (reference) => idOf.get(reference) ?? reference)
  let listed: { removed: Effects['removedImages']; images: readonly ListedImage[] } | undefined
  let use: ImageUse | undefined
  return {
    images(_, { removedImages: removed }) {
      if (listed?.removed !== removed) {
        const isMore = listed && addedTo(listed.removed, removed)
        const some = listed && isMore ? listed.images : all
        listed = { removed, images: some.filter(({ id }) => !removed.has(id)) }
      }
      return listed.images
    },
    imageName: (id) => nameOf.get(id),
    imageId: (reference) => idOf.get(reference),
    imagesInUse(at, effects, oneMore) {
      use =
        (use && use.oneMore === oneMore ? goneOn(use, at, effects, users) : undefined) ??
        useAt(users, at, effects, oneMore)
      return use.ids
    },
    podsOfImage: (id) => [...new Set(users.byImage.get(id)?.map(({ pod }) => pod.uid))],
  }
}

/** The last of those that are described under one id. */
export function uniqueImages(images: DescribedNode['images']): DescribedNode['images'] {
  return [...new Map(images.map((image) => [image.id ?? image.name, image])).values()]
}

/** Which images are in use from an instant on until pods come or go by themselves. */
interface ImageUse {
  ids: ReadonlySet<string>
  oneMore: string | undefined
  effects: Effects
  from: Instant
  until: Instant
  /** The pods that are evicted, but have not let go of their images yet. */
  leaving: readonly string[]
}

/** Who uses which images. */
interface ImageUsers {
  turns: readonly Instant[]
  pods: readonly ImageUser[]
  byUid: ReadonlyMap<string, ImageUser>
  byImage: ReadonlyMap<string, readonly ImageUser[]>
}

interface ImageUser {
  pod: PlacedPod
  containers: readonly { id: string; imageId: string }[]
}

function imageUsers(pods: readonly PlacedPod[], idOf: (reference: string) => string): ImageUsers {
  const users = pods.map((pod) => ({
    pod,
    containers: pod.described.containers.flatMap(({ name, image }) =>
      image === undefined ? [] : { id: containerId(pod, name), imageId: idOf(image) },
    ),
  }))
  const byImage = new Map<string, ImageUser[]>()
  for (const user of users) {
    for (const { imageId } of user.containers) {
      const others = byImage.get(imageId)
      if (others) others.push(user)
      else byImage.set(imageId, [user])
    }
  }
  const byUid = new Map(users.map((user) => [user.pod.uid, user]))
  return { turns: turnsOf(pods), pods: users, byUid, byImage }
}

/** An image is in use by every container of a pod that is there, until it is removed (semantics §1.3). */
function useAt(
  { pods, turns }: ImageUsers,
  at: Instant,
  effects: Effects,
  oneMore: string | undefined,
): ImageUse {
  const ids = new Set(oneMore === undefined ? [] : [oneMore])
  for (const user of pods) for (const id of imagesOf(user, at, effects)) ids.add(id)
  const leaving = [...effects.evicted.keys()].filter((uid) => !hasLetGo(uid, at, effects))
  return { ids, oneMore, effects, from: at, until: turns.find((turn) => turn > at) ?? Infinity, leaving }
}

/** The use later on, where it is another only by the pods that were evicted since; undefined when it may be so by more. */
function goneOn(use: ImageUse, at: Instant, now: Effects, users: ImageUsers): ImageUse | undefined {
  const { effects, from, until } = use
  const isUnchanged = effects.rejected === now.rejected && effects.removedContainers === now.removedContainers
  const evicted = isUnchanged && at >= from && at < until ? addedTo(effects.evicted, now.evicted) : undefined
  if (!evicted) return undefined
  const leaving = evicted.size === 0 ? use.leaving : [...use.leaving, ...evicted.keys()]
  const gone = leaving.filter((uid) => hasLetGo(uid, at, now))
  if (gone.length === 0) return evicted.size === 0 ? use : { ...use, effects: now, leaving }
  const perhaps = gone.flatMap((uid) => users.byUid.get(uid)?.containers ?? [])
  const ids = new Set(use.ids)
  for (const { imageId } of perhaps) {
    const isUsed = users.byImage.get(imageId)?.some((user) => imagesOf(user, at, now).includes(imageId))
    if (!isUsed && imageId !== use.oneMore) ids.delete(imageId)
  }
  return { ...use, ids, effects: now, from: at, leaving: leaving.filter((uid) => !gone.includes(uid)) }
}

function hasLetGo(uid: string, at: Instant, { evicted }: Effects): boolean {
  return at >= (evicted.get(uid) ?? Infinity) + FREED_MS
}

/** The images of a pod's containers; none when it is not there. */
function imagesOf({ pod, containers }: ImageUser, at: Instant, effects: Effects): string[] {
  if (hasLetGo(pod.uid, at, effects) || !isThere(pod, at, effects)) return []
  return containers.filter(({ id }) => !effects.removedContainers.has(id)).map(({ imageId }) => imageId)
}
