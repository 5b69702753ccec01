import { z } from 'zod'
import { canBind } from '../../claims/reclaim.ts'
import type { PersistentVolumeClaim } from '../../kubernetes/persistent-volume-claim.ts'
import type { PersistentVolume } from '../../kubernetes/persistent-volume.ts'
import { message } from '../../messages/message.ts'
import { namespaceOf } from '../../placement/node-facts.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { volumesByName } from '../objects-by-name.ts'

/** A bound claim whose volume is gone, is not its own, or is done with (semantics §6.3): no pod can start with it. */
export const claimPointsAtNothing = defineClusterDetector({
  id: 'claim-points-at-nothing',
  reason: 'ClaimPointsAtNothing',
  severity: 'critical',
  summary: 'A bound claim has no volume any more, or one that is not its own: no pod can start with it.',
  options: z.strictObject({}),

  detect(cluster) {
    const { persistentVolumeClaims: claims, persistentVolumes } = cluster.objects
    // What was looked at before the claims may lack a volume that was made for them since.
    const isOlder = (persistentVolumes?.observedAt ?? 0) < (claims?.observedAt ?? 0)
    const volumes = isOlder ? undefined : volumesByName(cluster)
    return (claims?.value ?? []).flatMap((claim) => {
      const { metadata, spec } = claim
      if (metadata.deletionTimestamp) return []
      const broken = whatIsBroken(claim, volumes)
      if (!broken) return []
      const namespace = namespaceOf(claim)
      const words = {
        namespace: shown(namespace),
        claim: shown(metadata.name),
        volume: shown(spec.volumeName ?? ''),
        ...broken,
      }
      const object = { kind: 'PersistentVolumeClaim', namespace, name: metadata.name }
      return [{ object, message: message('finding.claim-points-at-nothing', words) }]
    })
  },
})

function whatIsBroken(
  { metadata, spec, status }: PersistentVolumeClaim,
  volumes: ReadonlyMap<string, PersistentVolume> | undefined,
) {
  if (!spec.volumeName) return undefined
  if (status?.phase === 'Lost') return { why: 'lost' as const }
  if (status?.phase !== 'Bound' || !volumes) return undefined
  const volume = volumes.get(spec.volumeName)
  if (!volume) return { why: 'missing' as const }
  const { claimRef } = volume.spec
  const isItsOwn =
    claimRef?.name === metadata.name &&
    claimRef.namespace === namespaceOf({ metadata }) &&
    (metadata.uid === undefined || canBind(claimRef, metadata.uid))
  if (claimRef && !isItsOwn) {
    const isOfName = claimRef.name === metadata.name && claimRef.namespace === namespaceOf({ metadata })
    return {
      why: 'of-another' as const,
      ...(isOfName ? {} : { other: shown(`${claimRef.namespace}/${claimRef.name}`) }),
    }
  }
  if (volume.status?.phase === 'Released') return { why: 'released' as const }
  return volume.status?.phase === 'Failed' ? { why: 'failed' as const } : undefined
}
