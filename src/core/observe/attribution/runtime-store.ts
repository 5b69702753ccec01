import type { BytePath } from '../host/byte-path.ts'

/** Something that a runtime keeps on the disk: content of images as it was pulled, or a snapshot. */
export interface StoredThing {
  /** A path within the runtime's root directory; several namespaces may keep the same content once. */
  place: BytePath
  /** Blocks on the disk; of a snapshot, when it was committed: 0 for one that is written to. */
  bytes: number
  /** What it needs: other things, by key. */
  needs: readonly string[]
}

/** What keeps things from being collected by the runtime. */
export interface StoreHolder {
  kind: 'image' | 'container' | 'lease' | 'label'
  namespace: string
  /** Of an image a name, of a container its id. */
  name: string
  /** Of a container, the image that it was made from. */
  image?: string
  needs: readonly string[]
}

/** What a runtime's own metadata says of what it keeps on the disk, and why. */
export interface RuntimeStore {
  things: ReadonlyMap<string, StoredThing>
  holders: readonly StoreHolder[]
  /** Blocks of content that the runtime does not know, by place. */
  strayContent: ReadonlyMap<BytePath, number>
  /** The highest number of a snapshot, by the directory of the snapshots: one with a higher number came later. */
  lastSnapshots: ReadonlyMap<BytePath, number>
}

/** The places that a holder keeps: all that it needs, directly or not. */
export function placesHeld({ things }: RuntimeStore, needs: readonly string[]): ReadonlySet<BytePath> {
  const places = new Set<BytePath>()
  const seen = new Set<string>()
  const open = [...needs]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const thing = seen.has(key) ? undefined : things.get(key)
    seen.add(key)
    if (!thing) continue
    places.add(thing.place)
    open.push(...thing.needs)
  }
  return places
}
