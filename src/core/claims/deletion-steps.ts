import { afterClaimGone, type ReclaimedVolume, type ReclaimPolicy } from './reclaim.ts'

/** One step of deleting a claim of a StatefulSet with its volume, and making both anew. */
export interface DeletionStep {
  /** The number it has in semantics §6.6. */
  item: number
  does:
    | 'back-up-or-confirm-loss'
    | 'scale-down'
    | 'pod-gone'
    | 'path-unmounted'
    | 'delete-claim'
    | 'claim-gone'
    | 'volume-reclaimed'
    | 'delete-volume'
    | 'volume-gone'
    | 'no-attachment'
    | 'clean-content'
    | 'recreate-volume'
    | 'scale-up'
  /** An act changes something; a wait and a check must hold before the next step. */
  kind: 'ask' | 'act' | 'wait' | 'check'
  /** Of `volume-reclaimed`: what it must come to. */
  expects?: ReclaimedVolume
}

/** A claim's volume. */
export interface DeletedVolume {
  reclaimPolicy: ReclaimPolicy
  /** Whether a provisioner or plugin can delete what backs it; a local volume has none by default. */
  hasDeleter: boolean
  isCsi: boolean
}

/**
 * The correct order of deleting a StatefulSet's claim and volume (semantics §6.6, all versions). Only a
 * CSI volume has attachments to look for, and one that its deleter removes is not there to be deleted.
 * The directory is kept or made anew, only its content is cleaned; the claim the set makes by itself, and a
 * volume that was deleted its provisioner.
 */
export function deletionSteps({ reclaimPolicy, hasDeleter, isCsi }: DeletedVolume): DeletionStep[] {
  const expects = afterClaimGone(reclaimPolicy, hasDeleter)
  const isVolumeLeft = expects.phase !== undefined
  return [
    { item: 1, does: 'back-up-or-confirm-loss', kind: 'ask' },
    { item: 2, does: 'scale-down', kind: 'act' },
    { item: 3, does: 'pod-gone', kind: 'wait' },
    { item: 3, does: 'path-unmounted', kind: 'wait' },
    { item: 4, does: 'delete-claim', kind: 'act' },
    { item: 4, does: 'claim-gone', kind: 'wait' },
    { item: 5, does: 'volume-reclaimed', kind: 'check', expects },
    ...(isVolumeLeft
      ? ([
          { item: 6, does: 'delete-volume', kind: 'act' },
          { item: 6, does: 'volume-gone', kind: 'wait' },
        ] as const)
      : []),
    ...(isCsi ? ([{ item: 7, does: 'no-attachment', kind: 'check' }] as const) : []),
    ...(expects.data === 'untouched' ? ([{ item: 8, does: 'clean-content', kind: 'act' }] as const) : []),
    ...(isVolumeLeft ? ([{ item: 9, does: 'recreate-volume', kind: 'act' }] as const) : []),
    { item: 10, does: 'scale-up', kind: 'act' },
  ]
}
