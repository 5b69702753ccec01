import type { PersistentVolumeClaim } from '../kubernetes/persistent-volume-claim.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { message } from '../messages/message.ts'
import type { PlacementIndex } from './index-cluster.ts'
import { matchesTerms } from './labels.ts'
import { fewTerms } from './node-affinity.ts'
import { against, allOf, always, passes, type NodeCheck } from './node-check.ts'
import { namespaceOf } from './node-facts.ts'
import { checkUnboundClaims } from './unbound-claims.ts'

/**
 * Filter VolumeBinding: every claim of the pod is there, stays, and has a volume that the node can use, or may still be
 * given one (`WaitForFirstConsumer`).
 */
export function checkClaims(pod: Pod, index: PlacementIndex): NodeCheck {
  const unbound: PersistentVolumeClaim[] = []
  const checks = [...claimNames(pod)].map(([name, isEphemeral]) => {
    const claim = index.claims?.get(name)
    if (!claim) return withoutClaim(name, isEphemeral, index)
    const broken = whatIsWrong(claim, name, isEphemeral ? pod : undefined)
    if (broken) return always(broken)
    if (isBound(claim)) return checkVolume(claim, name, index)
    unbound.push(claim)
    return passes
  })
  return allOf([...checks, checkUnboundClaims(unbound, index)])
}

/** `namespace/name` of a pod's claims, and whether it is of the pod's own making: then it is named `{pod}-{volume}`. */
function claimNames(pod: Pod): Map<string, boolean> {
  const names = new Map<string, boolean>()
  for (const { name, persistentVolumeClaim, ephemeral } of pod.spec.volumes) {
    const claim = persistentVolumeClaim?.claimName ?? (ephemeral ? `${pod.metadata.name}-${name}` : undefined)
    if (claim !== undefined) names.set(`${namespaceOf(pod)}/${claim}`, !persistentVolumeClaim)
  }
  return names
}

function withoutClaim(claim: string, isEphemeral: boolean, { claims }: PlacementIndex): NodeCheck {
  if (!claims) return always(message('placement.unknown.claim', { claim }))
  return always(
    isEphemeral
      ? message('placement.unknown.claim-awaited', { claim })
      : message('placement.refused.claim-missing', { claim }),
  )
}

function whatIsWrong({ metadata, spec, status }: PersistentVolumeClaim, claim: string, maker?: Pod) {
  if (status?.phase === 'Lost')
    return message('placement.refused.claim-lost', { claim, volume: spec.volumeName ?? '' })
  if (metadata.deletionTimestamp) return message('placement.refused.claim-being-deleted', { claim })
  if (maker && !isMadeFor(metadata, maker))
    return message('placement.refused.claim-of-another-pod', { claim })
  return undefined
}

function isMadeFor({ ownerReferences }: PersistentVolumeClaim['metadata'], { metadata }: Pod): boolean {
  return (ownerReferences ?? []).some(
    ({ kind, name, uid }) =>
      kind === 'Pod' &&
      name === metadata.name &&
      (uid === undefined || metadata.uid === undefined || uid === metadata.uid),
  )
}

/** Whether binding is complete: a claim that names its volume may still wait for it. */
function isBound({ metadata, spec, status }: PersistentVolumeClaim): boolean {
  const isComplete = metadata.annotations?.['pv.kubernetes.io/bind-completed'] !== undefined
  return Boolean(spec.volumeName) && (isComplete || status?.phase === 'Bound')
}

function checkVolume({ spec }: PersistentVolumeClaim, claim: string, { volumes }: PlacementIndex): NodeCheck {
  const name = spec.volumeName ?? ''
  if (!volumes) return always(message('placement.unknown.volume', { claim, volume: name }))
  const volume = volumes.get(name)
  if (!volume) return always(message('placement.refused.volume-missing', { claim, volume: name }))
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms
  if (!terms) return passes
  const reason = message('placement.refused.volume-affinity', { claim, volume: name, terms: fewTerms(terms) })
  return against(({ labels }) => !matchesTerms(terms, labels), reason)
}
