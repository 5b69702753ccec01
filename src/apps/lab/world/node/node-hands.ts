import type { Agenda } from '../agenda.ts'
import type { Image } from './image-store.ts'
import type { NodeState } from './node-state.ts'

/** What can be done to a node by hand. */
export interface NodeHands {
  loadImage(image: Image): void
  removeImage(reference: string): void
  /** Makes a directory, or writes to it; a negative number deletes. */
  write(path: string, bytes: number, inodes?: number): void
  grow(path: string, bytesPerSecond: number): void
  deleteDirectory(path: string): void
  deletePodDirectory(uid: string): void
}

interface HandParts {
  node: NodeState
  agenda: Agenda
  change(what: () => void): void
  /** Tells the cluster which images there are. */
  report(): void
  lookForOrphans(): void
}

/** Does to a node what somebody with a shell on it does. */
export function nodeHands({ node, agenda, change, report, lookForOrphans }: HandParts): NodeHands {
  function directory(path: string) {
    const known = node.directories.get(path) ?? node.disk.add(agenda.now(), 4096, 1)
    node.directories.set(path, known)
    return known
  }
  return {
    loadImage(image) {
      change(() => node.images.add(image, agenda.now()))
      report()
    },
    removeImage(reference) {
      const image = node.images.find(reference)
      if (image) change(() => node.images.remove(image.id, agenda.now()))
      report()
    },
    write: (path, bytes, inodes = 0) =>
      change(() => node.disk.resize(directory(path), agenda.now(), bytes, inodes)),
    grow: (path, bytesPerSecond) =>
      change(() => node.disk.grow(directory(path), agenda.now(), { bytesPerSecond })),
    deleteDirectory(path) {
      const part = node.directories.get(path)
      if (part) change(() => node.disk.remove(part, agenda.now()))
      node.directories.delete(path)
    },
    deletePodDirectory(podUid) {
      node.orphans.delete(podUid)
      lookForOrphans()
    },
  }
}
