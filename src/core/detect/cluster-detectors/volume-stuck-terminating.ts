import { z } from 'zod'
import { finalizerWait } from '../../claims/finalizers.ts'
import type { PersistentVolume } from '../../kubernetes/persistent-volume.ts'
import type { VolumeAttachment } from '../../kubernetes/volume-attachment.ts'
import { message } from '../../messages/message.ts'
import { few, MOST_NAMED } from '../../placement/few.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'
import { attachmentsByVolume } from '../objects-by-name.ts'

/** A PersistentVolume in deletion that is not gone, and what each of its finalizers waits for (semantics §6.1, §6.7). */
export const volumeStuckTerminating = defineClusterDetector({
  id: 'volume-stuck-terminating',
  reason: 'VolumeStuckTerminating',
  severity: 'warning',
  summary: 'A PersistentVolume in deletion is not gone: what each of its finalizers waits for.',
  options: z.strictObject({
    /** What backs a volume may take its time to be deleted. */
    minimumSeconds: z.number().nonnegative().default(300),
  }),

  detect(cluster, { minimumSeconds }) {
    const { objects, observedAt } = cluster
    const attachments = attachmentsByVolume(cluster)
    return (objects.persistentVolumes?.value ?? []).flatMap((volume) => {
      const { name, deletionTimestamp } = volume.metadata
      const lasting = elapsedSince(deletionTimestamp, observedAt)
      if (lasting === undefined || lasting < minimumSeconds * 1000) return []
      const attached = attachments && (attachments.get(name) ?? [])
      const { claimRef } = volume.spec
      const words = {
        volume: shown(name),
        seconds: Math.round(lasting / 1000),
        ...(claimRef ? { claim: shown(`${claimRef.namespace}/${claimRef.name}`) } : {}),
        attachedTo: few(attached ?? [], ({ spec }) => spec.nodeName),
        waits: waitsOf(volume, attached),
      }
      if (words.waits.length === 0) return []
      return [
        {
          object: { kind: 'PersistentVolume', name },
          message: message('finding.volume-stuck-terminating', words),
        },
      ]
    })
  },
})

function waitsOf({ metadata, status }: PersistentVolume, attached: readonly VolumeAttachment[] | undefined) {
  const held = {
    isDeletionRequested: true,
    phase: status?.phase ?? undefined,
    isAttached: attached && attached.length > 0,
  }
  return (metadata.finalizers ?? []).slice(0, MOST_NAMED).map((finalizer) => {
    const { waitsFor } = finalizerWait(finalizer, held)
    const isKnown = waitsFor !== undefined && waitsFor !== 'deletion-request' && waitsFor !== 'users-to-go'
    return { finalizer: shown(finalizer), waitsFor: isKnown ? waitsFor : ('nothing' as const) }
  })
}
