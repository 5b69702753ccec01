import type { Node } from '../../../core/kubernetes/node.ts'
import type { ObservedImage } from '../../../core/observe/observation.ts'

/**
 * Names of images by id, from `ctr images list`: containerd lists every image under its names and
 * under its id, each with the digest they share.
 */
export function namesById(listing: string): Record<string, string[]> {
  const names = new Map<string, string[]>()
  const ids = new Map<string, string>()
  for (const line of listing.split('\n').slice(1)) {
    const [reference = '', , digest = ''] = line.trim().split(/\s+/)
    if (!digest.startsWith('sha256:')) continue
    if (reference.startsWith('sha256:')) ids.set(reference, digest)
    else names.set(digest, [...(names.get(digest) ?? []), reference])
  }
  return Object.fromEntries([...ids].map(([id, digest]) => [id, names.get(digest) ?? []]))
}

/** The images of a node by Node.status.images, with the ids their names are known under. */
export function observedImages(
  node: Node,
  byId: Readonly<Record<string, readonly string[]>>,
): ObservedImage[] {
  const ids = new Map(Object.entries(byId).flatMap(([id, names]) => names.map((name) => [name, id] as const)))
  return (node.status.images ?? []).map(({ names, sizeBytes }) => {
    const id = (names ?? []).map((name) => ids.get(name)).find((known) => known !== undefined)
    return {
      names: names ?? [],
      ...(id === undefined ? {} : { id }),
      ...(sizeBytes === undefined ? {} : { reportedBytes: sizeBytes }),
    }
  })
}
