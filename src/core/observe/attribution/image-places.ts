import type { BytePath } from '../host/byte-path.ts'
import type { ObservedImage } from '../observation.ts'
import { placesHeld, type RuntimeStore, type StoreHolder } from './runtime-store.ts'

/** The namespace of all that a kubelet asks containerd for. */
const OF_CRI = 'k8s.io'

/** An image with all of its names, as the runtime's own metadata knows it. */
export interface StoredImage {
  /** The name that a person would call it by. */
  title: string
  namespace: string
  names: ReadonlySet<string>
  places: ReadonlySet<BytePath>
}

/** The images of a store. Names of one namespace that need the same are one image. */
export function storedImages(store: RuntimeStore): StoredImage[] {
  const groups = new Map<string, StoreHolder[]>()
  for (const holder of store.holders) {
    if (holder.kind !== 'image') continue
    const key = JSON.stringify([holder.namespace, holder.needs.toSorted()])
    const group = groups.get(key)
    if (group) group.push(holder)
    else groups.set(key, [holder])
  }
  return [...groups.values()].map((group) => {
    const names = group.map(({ name }) => name)
    return {
      title: titleOf(names),
      namespace: group[0]?.namespace ?? '',
      names: new Set(names),
      places: placesHeld(store, group[0]?.needs ?? []),
    }
  })
}

/**
 * Bytes on the disk that the removal of an image would free once no container runs from it: what neither another image
 * nor a lease holds. Undefined for an image that the store does not know.
 */
export function freedByImages(store: RuntimeStore): (image: ObservedImage) => number | undefined {
  const images = storedImages(store)
  const bytes = new Map([...store.things.values()].map((thing) => [thing.place, thing.bytes]))
  const others = store.holders.filter(({ kind }) => kind === 'lease' || kind === 'label')
  const kept = new Set(others.flatMap(({ needs }) => [...placesHeld(store, needs)]))
  return ({ id, names }) => {
    const known = new Set(id === undefined ? names : [id, ...names])
    const own = images.filter(
      ({ namespace, names: stored }) => namespace === OF_CRI && [...stored].some((name) => known.has(name)),
    )
    if (own.length === 0) return undefined
    const elsewhere = images.filter((image) => !own.includes(image))
    return [...new Set(own.flatMap(({ places }) => [...places]))]
      .filter((place) => !kept.has(place) && !elsewhere.some(({ places }) => places.has(place)))
      .reduce((sum, place) => sum + (bytes.get(place) ?? 0), 0)
  }
}

/** The shortest of those that are no digest; an image that lost its names is called by its id. */
function titleOf(names: readonly string[]): string {
  const isDigest = (name: string) => name.startsWith('sha256:') || name.includes('@')
  const [best = ''] = names.toSorted(
    (a, b) => Number(isDigest(a)) - Number(isDigest(b)) || a.length - b.length || (a < b ? -1 : 1),
  )
  return best
}
