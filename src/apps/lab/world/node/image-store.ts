import type { Instant } from '../../../../core/units/instant.ts'
import { withDefaultTag } from '../../../../core/kubelet/image-pull/image-reference.ts'
import type { Disk, DiskPart } from './disk.ts'

/** A layer of an image; images that have one in common share its bytes on disk. */
export interface Layer {
  digest: string
  /** As it is sent and, by containerd, kept. */
  compressedBytes: number
  unpackedBytes: number
}

/** An image as a registry or an archive holds it. */
export interface Image {
  id: string
  names: readonly string[]
  layers: readonly Layer[]
  isPinned?: boolean
}

/** The images of a node. */
export interface ImageStore {
  images(): readonly Image[]
  find(reference: string): Image | undefined
  has(id: string): boolean
  /** What the runtime reports as an image's size (semantics §1.8): docker what is unpacked, containerd what is packed. */
  reportedBytes(image: Image): number
  add(image: Image, at: Instant): void
  /** Removes an image under all its names, and the layers that no other one has. */
  remove(id: string, at: Instant): void
  /** What the disk would gain, were these removed. */
  bytesOf(ids: Iterable<string>): number
  /** All layers together. */
  usedBytes(): number
}

/** An empty store on a disk. */
export function createImageStore(disk: Disk, runtime: 'docker' | 'containerd'): ImageStore {
  const byId = new Map<string, Image>()
  const layers = new Map<string, { part: DiskPart; bytes: number; users: number }>()
  const sizeOf = ({ compressedBytes, unpackedBytes }: Layer) =>
    runtime === 'docker' ? unpackedBytes : compressedBytes + unpackedBytes
  return {
    images: () => [...byId.values()],
    find: (reference) => {
      if (byId.has(reference)) return byId.get(reference)
      const name = withDefaultTag(reference)
      return [...byId.values()].find(({ names }) => names.includes(name))
    },
    has: (id) => byId.has(id),
    reportedBytes: (image) =>
      image.layers.reduce(
        (sum, layer) => sum + (runtime === 'docker' ? layer.unpackedBytes : layer.compressedBytes),
        0,
      ),
    add(image, at) {
      if (byId.has(image.id)) return
      byId.set(image.id, image)
      for (const layer of image.layers) {
        const known = layers.get(layer.digest)
        if (known) known.users++
        else
          layers.set(layer.digest, { part: disk.add(at, sizeOf(layer), 20), bytes: sizeOf(layer), users: 1 })
      }
    },
    remove(id, at) {
      const image = byId.get(id)
      byId.delete(id)
      for (const { digest } of image?.layers ?? []) {
        const layer = layers.get(digest)
        if (!layer || --layer.users > 0) continue
        disk.remove(layer.part, at)
        layers.delete(digest)
      }
    },
    bytesOf(ids) {
      const users = new Map<string, number>()
      for (const id of ids) {
        for (const { digest } of byId.get(id)?.layers ?? []) users.set(digest, (users.get(digest) ?? 0) + 1)
      }
      let bytes = 0
      for (const [digest, count] of users) {
        const layer = layers.get(digest)
        if (layer && count >= layer.users) bytes += layer.bytes
      }
      return bytes
    },
    usedBytes: () => [...layers.values()].reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
