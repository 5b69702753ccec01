import { pinsPauseImage, type ContainerRuntime } from '../container-runtime.ts'
import type { KubeletVersion } from '../kubelet-version.ts'
import { imageGcRules } from './image-gc-rules.ts'

const PAUSE = /(?:^|\/)pause(?:-[a-z0-9_]+)?(?:[:@]|$)/

/** Whether a name is that of a pause image, by custom. */
export function isPauseImage(name: string): boolean {
  return PAUSE.test(name)
}

/** What keeps a node's pause image from collection. */
export type PauseImageProtection =
  /** The runtime has pinned it, and the kubelet honours that. */
  | 'pinned'
  /** The kubelet keeps the image that its flag names, and no other. */
  | 'kubelet-flag'
  /** Nothing: the kubelet relies on a pin that this runtime does not set. */
  | 'none'
  /** It depends on the runtime, of which that is not known. */
  | 'not-known'

/**
 * What protects the pause image with this pair of kubelet and runtime (docs/kubelet-semantics.md §1.5,
 * versions 1.14–1.36): a pin where both know pins; else, up to 1.28, the kubelet's own flag.
 */
export function pauseImageProtection(
  kubelet: KubeletVersion,
  runtime: ContainerRuntime | undefined,
): PauseImageProtection {
  const rules = imageGcRules(kubelet)
  const pins = runtime && pinsPauseImage(runtime)
  if (rules.honoursPinned && pins === true) return 'pinned'
  if (rules.sandboxFlagProtects) return 'kubelet-flag'
  return pins === false ? 'none' : 'not-known'
}
