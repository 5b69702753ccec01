import { isAtLeast, type KubeletVersion } from '../kubelet/kubelet-version.ts'

/** What a volume's maker wants done once its claim is gone. */
export type ReclaimPolicy = 'Retain' | 'Delete' | 'Recycle'

/** A volume and its data after its claim. */
export interface ReclaimedVolume {
  /** Undefined: the object is removed. */
  phase: 'Released' | 'Failed' | 'Available' | undefined
  data: 'untouched' | 'deleted'
  reason?: 'VolumeFailedDelete'
}

/**
 * What becomes of a volume after its claim is gone (semantics §6.3, all versions). A local volume has no
 * deleter of its own: with Delete and without a provisioner it fails, its data untouched.
 */
export function afterClaimGone(policy: ReclaimPolicy, hasDeleter: boolean): ReclaimedVolume {
  if (policy === 'Retain') return { phase: 'Released', data: 'untouched' }
  if (policy === 'Recycle') return { phase: 'Available', data: 'deleted' }
  if (hasDeleter) return { phase: undefined, data: 'deleted' }
  return { phase: 'Failed', data: 'untouched', reason: 'VolumeFailedDelete' }
}

/** Whether a claim can bind to a volume (semantics §6.3, all versions): a released one keeps the UID of the claim it had, and waits for no other. */
export function canBind(claimRef: { uid?: string | undefined } | undefined, claimUid: string): boolean {
  return claimRef?.uid === undefined || claimRef.uid === claimUid
}

/**
 * What becomes of the data when a volume is deleted before its claim (semantics §6.3): from 1.31 on the
 * policy is kept; before, Delete may be skipped, so that the backing volume leaks.
 */
export function afterVolumeDeletedFirst(
  policy: ReclaimPolicy,
  controllerVersion: KubeletVersion,
): 'as-after-claim' | 'may-leak' {
  return policy === 'Delete' && !isAtLeast(controllerVersion, 31) ? 'may-leak' : 'as-after-claim'
}

/** A claim whose volume's object vanished (semantics §6.3, all versions): for good, until it is made anew. */
export const CLAIM_WITHOUT_VOLUME = { phase: 'Lost', reason: 'ClaimLost', isPermanent: true } as const
