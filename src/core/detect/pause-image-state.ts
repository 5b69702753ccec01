import { parseContainerRuntime } from '../kubelet/container-runtime.ts'
import { normaliseImageReference } from '../kubernetes/image-reference.ts'
import { isPauseImage, pauseImageProtection } from '../kubelet/image-gc/pause-image.ts'
import { parseKubeletVersion } from '../kubelet/kubelet-version.ts'
import { mayBeCut } from './image-names.ts'
import type { NodeView } from '../observe/node-view.ts'

/** What can be said of a node's pause image and what keeps it from collection. */
export interface PauseImageState {
  state: 'protected' | 'unpinned' | 'other-than-flag' | 'not-known'
  kubeletVersion: string
  runtime?: string
  /** What the kubelet's flag names. */
  flag?: string
  /** A name of each pause image that is known of. */
  images: readonly string[]
}

/**
 * Whether the pause image is safe from collection (semantics §1.5, §5.5). Undefined where no version tells,
 * and from 1.29 on with a runtime of which it is not known whether it pins.
 */
export function pauseImageState(view: NodeView): PauseImageState | undefined {
  const { kubeletVersion, containerRuntimeVersion, sandboxImage: flag } = view
  const version = parseKubeletVersion(kubeletVersion ?? '')
  if (!version || kubeletVersion === undefined) return undefined
  const runtime = parseContainerRuntime(containerRuntimeVersion ?? '')
  const pauseImages = knownPauseImages(view)
  const known = {
    kubeletVersion,
    ...(runtime && containerRuntimeVersion !== undefined ? { runtime: containerRuntimeVersion } : {}),
    ...(flag === undefined ? {} : { flag }),
    images: pauseImages.map((names) => names.find(isPauseImage) ?? ''),
  }
  switch (pauseImageProtection(version, runtime)) {
    case 'pinned':
      return { ...known, state: 'protected' }
    case 'none':
      return { ...known, state: 'unpinned' }
    case 'not-known':
      return undefined
    case 'kubelet-flag':
      // Up to 1.23 docker is driven by the kubelet itself, with the image of this very flag.
      if (runtime?.name === 'docker' && version.minor <= 23) return { ...known, state: 'protected' }
      return { ...known, state: flag === undefined ? 'not-known' : stateWithFlag(view, flag, pauseImages) }
  }
}

function stateWithFlag(
  view: NodeView,
  flag: string,
  pauseImages: readonly (readonly string[])[],
): PauseImageState['state'] {
  const isFlag = (names: readonly string[]) =>
    names.some((name) => normaliseImageReference(name) === normaliseImageReference(flag))
  if (pauseImages.length > 0 && pauseImages.every(isFlag)) return 'protected'
  const isWholeList = view.images !== undefined && !mayBeCut(view.images.value.length, view)
  return isWholeList && pauseImages.length > 0 && !pauseImages.some(isFlag) ? 'other-than-flag' : 'not-known'
}

/** The names of every pause image: of those listed now, else of those that are remembered. */
function knownPauseImages({ images, imageNames }: NodeView): (readonly string[])[] {
  const listed = (images?.value ?? []).map(({ names }) => names).filter((names) => names.some(isPauseImage))
  if (listed.length > 0) return listed
  return Object.values(imageNames).filter((names) => names.some(isPauseImage))
}
