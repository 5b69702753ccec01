/** The finalizers that Kubernetes itself puts on claims and volumes (semantics §6.1). */
export const FINALIZER = {
  claimProtection: 'kubernetes.io/pvc-protection',
  volumeProtection: 'kubernetes.io/pv-protection',
  provisioner: 'external-provisioner.volume.kubernetes.io/finalizer',
  volumeController: 'kubernetes.io/pv-controller',
} as const
/** Followed by the name of a CSI driver. */
export const ATTACHER_FINALIZER_PREFIX = 'external-attacher/'

/** An object that is held, as far as it is known; what is not known is not taken for done. */
export interface HeldObject {
  isDeletionRequested: boolean
  /** Of a claim. */
  hasUsers?: boolean | undefined
  /** Of a volume. */
  phase?: string | undefined
  isBackingVolumeDeleted?: boolean | undefined
  /** Of a volume or its attachment. */
  isAttached?: boolean | undefined
}

/** Who removes a finalizer. */
export type FinalizerRemover =
  | 'pvc-protection-controller'
  | 'pv-protection-controller'
  | 'csi-provisioner'
  | 'pv-controller'
  | 'csi-attacher'
  | 'unknown'

/** What has to happen before a finalizer goes by itself. */
export interface FinalizerWait {
  remover: FinalizerRemover
  /** Undefined: nothing, its remover takes it away. */
  waitsFor:
    | 'deletion-request'
    | 'users-to-go'
    | 'claim-to-go'
    | 'backing-volume-deletion'
    | 'detach'
    | 'its-owner'
    | undefined
}

/**
 * What a finalizer of an object waits for (semantics §6.1, all versions; on by default since 1.10). The
 * finalizers of the provisioner and the volume controller stand on volumes with policy Delete by default
 * from 1.31 on. Of one that Kubernetes does not know only its owner knows.
 */
export function finalizerWait(finalizer: string, object: HeldObject): FinalizerWait {
  const { isDeletionRequested, hasUsers, phase, isBackingVolumeDeleted, isAttached } = object
  const wait = (
    remover: FinalizerRemover,
    isDone: boolean,
    otherwise: FinalizerWait['waitsFor'],
  ): FinalizerWait => ({
    remover,
    waitsFor: !isDeletionRequested ? 'deletion-request' : isDone ? undefined : otherwise,
  })
  if (finalizer.startsWith(ATTACHER_FINALIZER_PREFIX)) {
    return wait('csi-attacher', isAttached === false, 'detach')
  }
  switch (finalizer) {
    case FINALIZER.claimProtection:
      return wait('pvc-protection-controller', hasUsers === false, 'users-to-go')
    case FINALIZER.volumeProtection:
      return wait('pv-protection-controller', phase !== undefined && phase !== 'Bound', 'claim-to-go')
    case FINALIZER.provisioner:
      return wait('csi-provisioner', isBackingVolumeDeleted === true, 'backing-volume-deletion')
    case FINALIZER.volumeController:
      return wait('pv-controller', isBackingVolumeDeleted === true, 'backing-volume-deletion')
    default:
      return wait('unknown', false, 'its-owner')
  }
}
