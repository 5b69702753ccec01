import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** A pod as far as it matters whether what it left may go. */
export interface PodLife {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  /** Whether it failed for the reason Evicted. */
  isEvicted: boolean
  isDeletionRequested: boolean
  hasRunningContainer: boolean
}

/** The minute's pass, or the one that the eviction manager asks for (semantics §2.6), which takes more for gone. */
export type CollectionMode = 'periodic' | 'eviction'

/**
 * Whether a pod is gone for container garbage collection (semantics §2.3). An undefined pod is one the
 * kubelet does not know: up to 1.21 gone at once, from 1.22 on only after the first full sync. A pod that
 * ended by itself is gone for the eviction manager only; from 1.22 on no mode takes one whose containers
 * still run for gone, unless it is evicted.
 */
export function isPodGone(
  pod: PodLife | undefined,
  mode: CollectionMode,
  version: KubeletVersion,
  hasSynced: boolean,
): boolean {
  const hasPodWorkers = isAtLeast(version, 22)
  if (!pod) return hasSynced || !hasPodWorkers
  const hasEnded = pod.phase === 'Failed' || pod.phase === 'Succeeded'
  const isStopped = !pod.hasRunningContainer
  if (pod.isEvicted || (pod.isDeletionRequested && isStopped)) return true
  return mode === 'eviction' && hasEnded && (isStopped || !hasPodWorkers)
}
