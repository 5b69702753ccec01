import type { NodeView } from '../observe/node-view.ts'
import type { NodeObservation, ObservedImage } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'

/**
 * The images of a node, each with when a container was last known to be made of it, as a kubelet counts: one that has
 * ended uses its image until it is removed (semantics §1.2). Only a runtime that lists its containers tells. A node
 * that lists no image does not know them yet, or not any more.
 */
export function withLastUse(
  before: NodeView | undefined,
  { images, containers }: Pick<NodeObservation, 'images' | 'containers'>,
  observedAt: Instant,
): Pick<NodeView, 'images'> {
  if (images?.value.length === 0 && before?.images) return { images: before.images }
  if (!images) return {}
  const used = new Set(containers?.value.map(({ image, imageId }) => imageId ?? image))
  const known = new Map(
    before?.images?.value.flatMap(({ lastUsedAt, ...image }) =>
      lastUsedAt === undefined ? [] : keysOf(image).map((key) => [key, lastUsedAt] as const),
    ),
  )
  if (used.size === 0 && known.size === 0) return { images }
  const value = images.value.map((image) => {
    const keys = keysOf(image)
    const isUsed = keys.some((key) => used.has(key))
    const remembered = keys.map((key) => known.get(key)).find((at) => at !== undefined)
    const lastUsedAt = isUsed ? observedAt : (remembered ?? image.lastUsedAt)
    return lastUsedAt === undefined ? image : { ...image, lastUsedAt }
  })
  return { images: { ...images, value } }
}

function keysOf({ id, names }: Pick<ObservedImage, 'id' | 'names'>): string[] {
  return id === undefined ? [...names] : [id, ...names]
}
