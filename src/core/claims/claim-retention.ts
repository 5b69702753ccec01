import { isAtLeast, type KubeletVersion } from '../kubelet/kubelet-version.ts'

/** A StatefulSet's `persistentVolumeClaimRetentionPolicy`. */
export interface ClaimRetentionPolicy {
  whenDeleted: 'Retain' | 'Delete'
  whenScaled: 'Retain' | 'Delete'
}

/** What may happen to a pod of a set. */
export type SetEvent = 'set-deleted' | 'scaled-down' | 'pod-evicted' | 'node-lost'

const KEEPS_ALL: ClaimRetentionPolicy = { whenDeleted: 'Retain', whenScaled: 'Retain' }

/**
 * Who owns a set's claim, and so takes it along (semantics §6.4). The policy counts from 1.27 on, before
 * only from 1.23 with the gate StatefulSetAutoDeletePVC; the pod is the owner only once its ordinal is out of range.
 */
export function claimOwner(
  policy: ClaimRetentionPolicy,
  isOrdinalInRange: boolean,
  controllerVersion: KubeletVersion,
  hasGate?: boolean,
): 'none' | 'set' | 'pod' {
  const { whenDeleted, whenScaled } = effective(policy, controllerVersion, hasGate)
  if (whenScaled === 'Delete' && !isOrdinalInRange) return 'pod'
  return whenDeleted === 'Delete' ? 'set' : 'none'
}

/** Whether an event deletes the claim (semantics §6.4, versions as {@link claimOwner}): an eviction or a lost node never does. */
export function deletesClaim(
  policy: ClaimRetentionPolicy,
  event: SetEvent,
  controllerVersion: KubeletVersion,
  hasGate?: boolean,
): boolean {
  const { whenDeleted, whenScaled } = effective(policy, controllerVersion, hasGate)
  if (event === 'set-deleted') return whenDeleted === 'Delete'
  return event === 'scaled-down' && whenScaled === 'Delete'
}

function effective(
  policy: ClaimRetentionPolicy,
  version: KubeletVersion,
  hasGate = isAtLeast(version, 27),
): ClaimRetentionPolicy {
  return hasGate && isAtLeast(version, 23) ? policy : KEEPS_ALL
}
