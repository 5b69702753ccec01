import type { Duration } from '../units/duration.ts'

const FORCED_AFTER = 360_000

/**
 * Whether the attach/detach controller detaches a volume that the kubelet has not reported as unmounted
 * (semantics §6.6, all versions): only after six minutes, or at once from a node marked
 * `node.kubernetes.io/out-of-service`. Deleting the attachment by hand before risks a double attach.
 */
export function isForceDetached(waited: Duration, isOutOfService: boolean): boolean {
  return isOutOfService || waited > FORCED_AFTER
}
