import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** The fields of a KubeletConfiguration that say how many images are pulled at once. */
export interface PullSettings {
  serializeImagePulls?: boolean | undefined
  maxParallelImagePulls?: number | undefined
}

/** How many images a kubelet pulls at once (semantics §5.3): one by default; a limit on parallel pulls counts from 1.27 on. */
export function pullLimit(
  { serializeImagePulls = true, maxParallelImagePulls }: PullSettings,
  version: KubeletVersion,
): number {
  if (serializeImagePulls) return 1
  return isAtLeast(version, 27) ? (maxParallelImagePulls ?? Infinity) : Infinity
}
