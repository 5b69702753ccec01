import { isClaimUser } from '../../../../core/claims/claim-users.ts'
import type { LabResources } from '../lab-objects.ts'
import { FINALIZER, finalizerWait } from '../../../../core/claims/finalizers.ts'
import { afterClaimGone, CLAIM_WITHOUT_VOLUME } from '../../../../core/claims/reclaim.ts'
import { Pod } from '../../../../core/kubernetes/pod.ts'
import { fullName, type ClaimObject, type LabObject, type PodObject } from '../objects.ts'
import { splitKey, workQueue, type ControlPlane } from './controller.ts'

const SOURCE = { component: 'persistentvolume-controller' }

/** Protects claims and volumes while they are used (semantics §6.1), and releases a volume whose claim is gone (§6.3). */
export function runClaims(plane: ControlPlane): void {
  const { objects, events, agenda } = plane
  const look = workQueue(agenda, (key) => {
    const [namespace, name] = splitKey(key)
    if (namespace === '') volume(name)
    else claim(namespace, name)
  })

  objects.onChange(({ resource, object, type }) => {
    if (resource === 'persistentvolumeclaims') {
      if (type === 'DELETED') return release(object)
      look(fullName(object))
    }
    if (resource === 'persistentvolumes' && type !== 'DELETED') look(`/${object.metadata.name}`)
    if (resource === 'pods' && type === 'DELETED') {
      for (const { persistentVolumeClaim } of (object as PodObject).spec.volumes ?? []) {
        if (persistentVolumeClaim)
          look(`${object.metadata.namespace ?? 'default'}/${persistentVolumeClaim.claimName}`)
      }
    }
  })

  function claim(namespace: string, name: string): void {
    const object = objects.get('persistentvolumeclaims', namespace, name)
    if (!object) return
    const isDeletionRequested = object.metadata.deletionTimestamp !== undefined
    if (!isDeletionRequested && protect('persistentvolumeclaims', object, FINALIZER.claimProtection)) return
    if (!isDeletionRequested && object.spec.volumeName === undefined && object.status.phase === 'Pending') {
      events.record(
        object,
        'Normal',
        'WaitForFirstConsumer',
        'waiting for first consumer to be created before binding',
        SOURCE,
      )
    }
    const volumeName = object.spec.volumeName
    if (
      volumeName !== undefined &&
      object.status.phase === 'Bound' &&
      !objects.get('persistentvolumes', undefined, volumeName)
    ) {
      objects.update('persistentvolumeclaims', {
        ...object,
        status: { ...object.status, phase: CLAIM_WITHOUT_VOLUME.phase },
      })
      events.record(
        object,
        'Warning',
        CLAIM_WITHOUT_VOLUME.reason,
        'Bound claim has lost its PersistentVolume. Data on the volume is lost!',
        SOURCE,
      )
      return
    }
    if (isDeletionRequested) {
      unprotect('persistentvolumeclaims', object, FINALIZER.claimProtection, { hasUsers: hasUsers(object) })
    }
  }

  function hasUsers(object: ClaimObject): boolean {
    const { name, namespace = 'default' } = object.metadata
    return objects
      .list('pods')
      .some(
        (pod) =>
          pod.metadata.namespace === namespace &&
          isClaimUser(Pod.parse(pod), { name, namespace, uid: object.metadata.uid } as never),
      )
  }

  function volume(name: string): void {
    const object = objects.get('persistentvolumes', undefined, name)
    if (!object) return
    if (object.metadata.deletionTimestamp === undefined) {
      if (protect('persistentvolumes', object, FINALIZER.volumeProtection)) return
      if (object.spec.claimRef === undefined && object.status.phase === 'Pending')
        objects.update('persistentvolumes', { ...object, status: { ...object.status, phase: 'Available' } })
      return
    }
    unprotect('persistentvolumes', object, FINALIZER.volumeProtection, { phase: object.status.phase })
  }

  function protect(resource: keyof LabResources, object: LabObject, finalizer: string): boolean {
    const { finalizers = [] } = object.metadata
    if (finalizers.includes(finalizer)) return false
    objects.update(resource, {
      ...object,
      metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] },
    })
    return true
  }

  function unprotect(
    resource: keyof LabResources,
    object: LabObject,
    finalizer: string,
    held: { hasUsers?: boolean; phase?: string },
  ): void {
    const { finalizers = [] } = object.metadata
    if (!finalizers.includes(finalizer)) return
    if (finalizerWait(finalizer, { isDeletionRequested: true, ...held }).waitsFor !== undefined) return
    const left = finalizers.filter((one) => one !== finalizer)
    objects.update(resource, { ...object, metadata: { ...object.metadata, finalizers: left } })
  }

  function release(gone: LabObject): void {
    for (const object of objects.list('persistentvolumes')) {
      if (object.spec.claimRef?.uid !== gone.metadata.uid) continue
      const { phase = 'Released', reason } = afterClaimGone(object.spec.persistentVolumeReclaimPolicy, false)
      objects.update('persistentvolumes', { ...object, status: { ...object.status, phase } })
      if (reason)
        events.record(
          object,
          'Warning',
          reason,
          'error getting deleter volume plugin for volume: no deletable volume plugin matched',
          SOURCE,
        )
    }
  }
}
