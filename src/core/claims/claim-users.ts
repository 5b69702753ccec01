import type { ObjectMeta } from '../kubernetes/object-meta.ts'
import type { Pod } from '../kubernetes/pod.ts'

/** A claim as far as its users matter. */
export type ClaimMeta = Pick<ObjectMeta, 'name' | 'namespace' | 'ownerReferences'>

/**
 * Whether a pod keeps a claim that is being deleted (semantics §6.2, all versions): one on a node that
 * names it, in any phase, so that an Evicted pod whose object still exists is a user and a Pending one
 * without a node is none; or one on a node whose generic ephemeral volume made it, until its final grace is over.
 */
export function isClaimUser(pod: Pod, claim: ClaimMeta): boolean {
  if (pod.spec.nodeName === undefined || namespaceOf(pod.metadata) !== namespaceOf(claim)) return false
  return pod.spec.volumes.some(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return persistentVolumeClaim.claimName === claim.name
    const isMadeByIt = claim.name === `${pod.metadata.name}-${name}` && isOwnedBy(claim, pod)
    return ephemeral !== undefined && ephemeral !== null && isMadeByIt && !isShutDown(pod)
  })
}

/** The pods that keep a claim (semantics §6.2, all versions). */
export function claimUsers(pods: readonly Pod[], claim: ClaimMeta): Pod[] {
  return pods.filter((pod) => isClaimUser(pod, claim))
}

function namespaceOf({ namespace = 'default' }: Pick<ObjectMeta, 'namespace'>): string {
  return namespace
}

function isOwnedBy({ ownerReferences }: ClaimMeta, { metadata: { name, uid } }: Pod): boolean {
  return (ownerReferences ?? []).some(
    (owner) => owner.kind === 'Pod' && (owner.uid === undefined ? owner.name === name : owner.uid === uid),
  )
}

function isShutDown({ metadata: { deletionTimestamp, deletionGracePeriodSeconds } }: Pod): boolean {
  return typeof deletionTimestamp === 'string' && deletionGracePeriodSeconds === 0
}
