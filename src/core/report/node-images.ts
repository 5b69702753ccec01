import { comparableName, containersOf, namesOfImage } from '../detect/image-names.ts'
import { pauseImageState } from '../detect/pause-image-state.ts'
import { presentImages } from '../forecast/observed/present-images.ts'
import { imageGcRules } from '../kubelet/image-gc/image-gc-rules.ts'
import { isPauseImage } from '../kubelet/image-gc/pause-image.ts'
import { parseKubeletVersion } from '../kubelet/kubelet-version.ts'
import { podName, type NodeView } from '../observe/node-view.ts'
import type { ObservedImage } from '../observe/observation.ts'
import { isPullable } from '../observe/pullability.ts'

/** How an image of a node stands. */
export interface NodeImage {
  image: ObservedImage
  /** The shortest of its names that is no digest, else its id. */
  name: string
  /** Pods, `namespace/name`, with a container of it in whatever state. */
  usedBy: readonly string[]
  /** Spared by the kubelet: pinned, where its version minds that (semantics §1.5), or the pause image that is protected. */
  isKept: boolean
  /** The kubelet may delete it, and no registry is known to give it back. */
  isAtRisk: boolean
}

/** The images of a node, those at risk first, then the largest; undefined while none are listed, or who uses them is not known. */
export function nodeImages(view: NodeView): readonly NodeImage[] | undefined {
  const usersOf = imageUsers(view)
  if (!view.images || !usersOf) return undefined
  const version = parseKubeletVersion(view.kubeletVersion ?? '')
  const honoursPinned = version !== undefined && imageGcRules(version).honoursPinned
  const isPauseSafe = pauseImageState(view)?.state === 'protected'
  return presentImages(view)
    .map((image): NodeImage => {
      const usedBy = usersOf(image)
      const isKept =
        (honoursPinned && image.isPinned === true) || (isPauseSafe && image.names.some(isPauseImage))
      const isAtRisk = usedBy.length === 0 && !isKept && !isPullable(image)
      return { image, name: nameOf(image), usedBy, isKept, isAtRisk }
    })
    .toSorted((a, b) => Number(b.isAtRisk) - Number(a.isAtRisk) || bytesOf(b) - bytesOf(a))
}

/** Who uses an image: by the runtime's containers where they are known, else by the pods of the node. */
function imageUsers(view: NodeView): ((image: ObservedImage) => string[]) | undefined {
  const { containers, sandboxes, pods } = view
  if (!containers && !pods) return undefined
  const users = new Map<string, Set<string>>()
  const note = (key: string, user: string) => {
    const known = users.get(key)
    if (known) known.add(user)
    else users.set(key, new Set([user]))
  }
  if (containers) {
    const named = new Map(sandboxes?.value.map(({ id, namespace, name }) => [id, `${namespace}/${name}`]))
    for (const { image, imageId, sandboxId, name } of containers.value)
      note(imageId ?? comparableName(image), named.get(sandboxId) ?? name)
  } else {
    for (const pod of pods?.value ?? [])
      for (const key of containersOf(pod).flatMap(namesOfImage)) note(key, podName(pod))
  }
  return ({ id, names }) => {
    const keys = [...(id === undefined ? [] : [id]), ...names.map(comparableName)]
    return [...new Set(keys.flatMap((key) => [...(users.get(key) ?? [])]))].toSorted()
  }
}

const isDigest = (name: string) => name.includes('@') || name.includes('<none>')

function nameOf({ id, names }: ObservedImage): string {
  const [best] = names.toSorted((a, b) => Number(isDigest(a)) - Number(isDigest(b)) || a.length - b.length)
  return best ?? id ?? ''
}

function bytesOf({ image }: NodeImage): number {
  return image.onDiskBytes ?? image.reportedBytes ?? 0
}
