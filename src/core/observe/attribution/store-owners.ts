import { shownPath, type BytePath } from '../host/byte-path.ts'
import type { ObservedContainer, ObservedSandbox } from '../runtime-things.ts'
import type { Owner } from './consumer-of.ts'
import { storedImages } from './image-places.ts'
import { placesHeld, type RuntimeStore, type StoreHolder } from './runtime-store.ts'

/** So many of the images that share something are named. */
const MOST_NAMED = 3

/** What the runtime says of its containers; absent where it did not say. */
export interface KnownContainers {
  containers?: readonly ObservedContainer[]
  sandboxes?: readonly ObservedSandbox[]
}

/**
 * Whose each thing is that a runtime keeps, by its place: an image's, that of several images, what a container writes
 * to, or nobody's: what nothing needs any more, or what the runtime does not know.
 */
export function storeOwners(store: RuntimeStore, known: KnownContainers): ReadonlyMap<BytePath, Owner> {
  const images = titlesByPlace(store)
  const owners = new Map<BytePath, Owner>()
  for (const { place } of store.things.values()) {
    const titles = images.get(place)
    owners.set(place, titles ? ofImages(place, titles) : { kind: 'runtime-leftovers' })
  }
  for (const place of store.strayContent.keys()) owners.set(place, { kind: 'runtime-leftovers' })
  for (const holder of store.holders) {
    if (holder.kind === 'image') continue
    const own = holder.kind === 'container' ? store.things.get(holder.needs[0] ?? '')?.place : undefined
    for (const place of placesHeld(store, holder.needs)) {
      if (place === own) owners.set(place, writableLayer(holder, known))
      else if (!images.has(place)) owners.set(place, ofImages(place, holder.image ? [holder.image] : []))
    }
  }
  return owners
}

function titlesByPlace(store: RuntimeStore): ReadonlyMap<BytePath, readonly string[]> {
  const titles = new Map<BytePath, string[]>()
  for (const { title, places } of storedImages(store)) {
    for (const place of places) {
      const told = titles.get(place)
      if (!told) titles.set(place, [title])
      else if (!told.includes(title)) told.push(title)
    }
  }
  return titles
}

function ofImages(place: BytePath, titles: readonly string[]): Owner {
  const kind = place.includes('/snapshots/') ? 'image-layers' : 'image-content'
  const sorted = titles.toSorted()
  const more = sorted.length - MOST_NAMED
  const named = [...sorted.slice(0, MOST_NAMED), ...(more > 0 ? [String(more)] : [])]
  return named.length === 0 ? { kind } : { kind, name: shownPath(named.join(' + ')) }
}

function writableLayer(
  { name: id }: StoreHolder,
  { containers = [], sandboxes = [] }: KnownContainers,
): Owner {
  const container = containers.find((candidate) => candidate.id === id)
  const sandbox = sandboxes.find((candidate) => candidate.id === (container?.sandboxId ?? id))
  const name = container?.name ?? (sandbox ? 'sandbox' : id.slice(0, 12))
  const pod = sandbox ? { pod: shownPath(`${sandbox.namespace}/${sandbox.name}`) } : {}
  return { kind: 'writable-layers', name: shownPath(name), ...pod }
}
