import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { namespaceOf } from '../../placement/node-facts.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { isNew } from '../elapsed.ts'

/** A claim that was made anew waits, while the volume of the one before it is Released and binds to no other (semantics §6.3). */
export const claimWaitsForReleasedVolume = defineClusterDetector({
  id: 'claim-waits-for-released-volume',
  reason: 'ClaimWaitsForReleasedVolume',
  severity: 'warning',
  summary: 'A claim waits for a volume, while the volume that a claim of its name had before is Released.',
  options: z.strictObject({
    /** A newer claim may yet be bound. */
    minimumSeconds: z.number().nonnegative().default(60),
  }),

  detect({ objects, observedAt }, { minimumSeconds }) {
    const released = new Map(
      (objects.persistentVolumes?.value ?? []).flatMap(({ metadata, spec, status }) =>
        status?.phase === 'Released' && spec.claimRef && !metadata.deletionTimestamp
          ? [[`${spec.claimRef.namespace}/${spec.claimRef.name}`, metadata.name] as const]
          : [],
      ),
    )
    if (released.size === 0) return []
    return (objects.persistentVolumeClaims?.value ?? []).flatMap(({ metadata, status }) => {
      const namespace = namespaceOf({ metadata })
      const volume = released.get(`${namespace}/${metadata.name}`)
      const isWaiting = status?.phase === 'Pending' && !metadata.deletionTimestamp
      if (volume === undefined || !isWaiting || isNew(metadata, observedAt, minimumSeconds * 1000)) return []
      const words = { namespace: shown(namespace), claim: shown(metadata.name), volume: shown(volume) }
      const object = { kind: 'PersistentVolumeClaim', namespace, name: metadata.name }
      return [{ object, message: message('finding.claim-waits-for-released-volume', words) }]
    })
  },
})
