import type { FoldedFact } from '../../explain/facts/fact.ts'
import type { NodeView } from '../../observe/node-view.ts'
import type { ObservedImage } from '../../observe/observation.ts'
import type { Instant } from '../../units/instant.ts'
import { containerImages, imageFinder, imageKey } from './image-use.ts'

/**
 * The images that are on a node as far as is known: those of the last list, without what the kubelet has
 * said since that it removes; with it where the removal failed, or where a container runs from it later.
 */
export function presentImages({ images, imageNames, facts, pods }: NodeView): readonly ObservedImage[] {
  if (!images) return []
  const removed = removals(facts, images.observedAt)
  if (removed.size === 0) return images.value
  const inUseAgain = pods && imagesInUse(pods.value, images.value)
  return images.value.filter((image) => {
    const at = removed.get(image.id ?? idOf(image, imageNames) ?? '')
    if (at === undefined) return true
    return pods !== undefined && pods.observedAt > at && inUseAgain?.has(imageKey(image)) === true
  })
}

/** When each image was removed after an instant, by id. The kubelet announces a removal, which may still fail. */
function removals(facts: readonly FoldedFact[], since: Instant): ReadonlyMap<string, Instant> {
  const removed = new Map<string, Instant>()
  const last = (id: FoldedFact['id']) =>
    facts.flatMap(({ id: own, from, fields: { imageId }, lastAt }) =>
      own === id && from === 'kubelet' && typeof imageId === 'string' && lastAt !== null
        ? [[imageId, lastAt] as const]
        : [],
    )
  for (const [id, at] of last('image-gc-removed-image')) if (at > since) removed.set(id, at)
  for (const [id, at] of last('image-delete-failed'))
    if (at >= (removed.get(id) ?? Infinity)) removed.delete(id)
  return removed
}

function idOf({ names }: ObservedImage, imageNames: NodeView['imageNames']): string | undefined {
  return Object.keys(imageNames).find((id) => imageNames[id]?.some((name) => names.includes(name)))
}

/** The images that containers run from. */
function imagesInUse(pods: NonNullable<NodeView['pods']>['value'], images: readonly ObservedImage[]) {
  const find = imageFinder(images)
  return new Set(
    pods.flatMap((pod) => {
      const ready = new Set(
        pod.status.containerStatuses.flatMap(({ name, ready: isReady }) => (isReady ? name : [])),
      )
      return [...containerImages(pod, find)].flatMap(([name, key]) => (ready.has(name) ? key : []))
    }),
  )
}
