import { z } from 'zod'
import { claimUsers } from '../../claims/claim-users.ts'
import { removeFinalizerPatch } from '../../claims/finalizer-patch.ts'
import { FINALIZER } from '../../claims/finalizers.ts'
import { parseStatefulPodName, statefulClaimName } from '../../claims/stateful-set.ts'
import type { PersistentVolumeClaim } from '../../kubernetes/persistent-volume-claim.ts'
import type { StatefulSet } from '../../kubernetes/stateful-set.ts'
import { message } from '../../messages/message.ts'
import { podName } from '../../observe/node-view.ts'
import { few } from '../../placement/few.ts'
import { namespaceOf } from '../../placement/node-facts.ts'
import { isTerminal } from '../../placement/node-usage.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import { elapsedSince } from '../elapsed.ts'
import { attachmentsByVolume, podsByNamespace, volumesByName } from '../objects-by-name.ts'

/** A claim in deletion that is not gone: pods in any phase hold it, or finalizers (semantics §6.1, §6.2, §6.6, §6.7). */
export const claimStuckTerminating = defineClusterDetector({
  id: 'claim-stuck-terminating',
  reason: 'ClaimStuckTerminating',
  severity: 'warning',
  summary: 'A claim in deletion is not gone: what holds it, and what releases it in the right order.',
  options: z.strictObject({
    /** A claim that is deleted in an orderly way is gone sooner. */
    minimumSeconds: z.number().nonnegative().default(120),
  }),

  detect(cluster, { minimumSeconds }) {
    const { objects, observedAt } = cluster
    const stuck = (objects.persistentVolumeClaims?.value ?? []).flatMap((claim) => {
      const lasting = elapsedSince(claim.metadata.deletionTimestamp, observedAt)
      return lasting === undefined || lasting < minimumSeconds * 1000 ? [] : { claim, lasting }
    })
    if (stuck.length === 0) return []
    const around = {
      pods: podsByNamespace(cluster),
      volumes: volumesByName(cluster),
      attachments: attachmentsByVolume(cluster),
      sets: objects.statefulSets?.value ?? [],
    }
    return stuck.map(({ claim, lasting }) => {
      const namespace = namespaceOf(claim)
      const words = {
        namespace: shown(namespace),
        claim: shown(claim.metadata.name),
        seconds: Math.round(lasting / 1000),
        ...heldBy(claim, around),
      }
      return {
        object: { kind: 'PersistentVolumeClaim', namespace, name: claim.metadata.name },
        message: message('finding.claim-stuck-terminating', words),
      }
    })
  },
})

interface Around {
  pods: ReturnType<typeof podsByNamespace>
  volumes: ReturnType<typeof volumesByName>
  attachments: ReturnType<typeof attachmentsByVolume>
  sets: readonly StatefulSet[]
}

function heldBy(claim: PersistentVolumeClaim, { pods, volumes, attachments, sets }: Around) {
  const { metadata, spec } = claim
  const users = pods && claimUsers(pods.get(namespaceOf(claim)) ?? [], metadata)
  const finalizers = metadata.finalizers ?? []
  const others = finalizers.filter((finalizer) => finalizer !== FINALIZER.claimProtection)
  const volume = spec.volumeName ? volumes?.get(spec.volumeName) : undefined
  const isDeleted = volume?.spec.persistentVolumeReclaimPolicy === 'Delete'
  const isFree = users?.length === 0 && others.length === 0
  const patch = isFree ? removeFinalizerPatch(finalizers, FINALIZER.claimProtection) : undefined
  const blocked = sets.find((set) => blockedPod(set, claim) !== undefined)
  return {
    ...(users && {
      running: few(
        users.filter((pod) => !isTerminal(pod)),
        podName,
      ),
      ended: few(users.filter(isTerminal), podName),
    }),
    otherFinalizers: few(others, String),
    attachedTo: few((spec.volumeName && attachments?.get(spec.volumeName)) || [], (one) => one.spec.nodeName),
    ...(isDeleted ? { deletedVolume: shown(volume.metadata.name) } : {}),
    ...(patch ? { lastPatch: JSON.stringify(patch) } : {}),
    ...(blocked && {
      blocks: {
        set: shown(`${namespaceOf(blocked)}/${blocked.metadata.name}`),
        pod: shown(blockedPod(blocked, claim) ?? ''),
      },
    }),
  }
}

/** The pod of a set that is made together with this claim (semantics §6.4). */
function blockedPod({ metadata, spec }: StatefulSet, claim: PersistentVolumeClaim): string | undefined {
  if (namespaceOf({ metadata }) !== namespaceOf(claim)) return undefined
  const ordinal = parseStatefulPodName(claim.metadata.name)?.ordinal
  if (ordinal === undefined) return undefined
  const isItsOwn = spec.volumeClaimTemplates.some(
    (template) => statefulClaimName(template.metadata.name, metadata.name, ordinal) === claim.metadata.name,
  )
  return isItsOwn ? `${metadata.name}-${ordinal}` : undefined
}
