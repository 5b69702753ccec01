import { ATTACHER_FINALIZER_PREFIX, FINALIZER } from './finalizers.ts'

/** What a removal of finalizers by hand skips, may damage, and what is less risky (semantics §6.7). */
export interface FinalizerRisk {
  skips:
    | 'usage-check'
    | 'clean-up-of-others'
    | 'claim-link'
    | 'backing-volume-deletion'
    | 'detach'
    | 'volume-teardown'
  /** Empty where there is usually none. */
  mayCause: readonly (
    | 'volume-released-under-pod'
    | 'data-in-use-deleted'
    | 'second-writer'
    | 'leaked-snapshots'
    | 'broken-operator-state'
    | 'claim-lost'
    | 'data-orphaned'
    | 'leaked-storage'
    | 'device-still-attached'
    | 'filesystem-corruption'
    | 'orphaned-directory'
    | 'stale-mounts'
  )[]
  saferWay:
    | 'delete-the-pod-first'
    | 'delete-those-pod-objects'
    | 'remove-one-finalizer-by-patch'
    | 'delete-the-claim-first'
    | 'fix-the-provisioner'
    | 'unmount-and-detach-first'
    | 'wait-or-force-delete-knowingly'
}

/** The rows of semantics §6.7, all versions. */
export const FINALIZER_RISKS = {
  'claim-in-use': {
    skips: 'usage-check',
    mayCause: ['volume-released-under-pod', 'data-in-use-deleted', 'second-writer'],
    saferWay: 'delete-the-pod-first',
  },
  'claim-of-ended-pods': { skips: 'usage-check', mayCause: [], saferWay: 'delete-those-pod-objects' },
  'with-other-finalizers': {
    skips: 'clean-up-of-others',
    mayCause: ['leaked-snapshots', 'broken-operator-state'],
    saferWay: 'remove-one-finalizer-by-patch',
  },
  'volume-bound': {
    skips: 'claim-link',
    mayCause: ['claim-lost', 'data-orphaned'],
    saferWay: 'delete-the-claim-first',
  },
  'volume-with-provisioner': {
    skips: 'backing-volume-deletion',
    mayCause: ['leaked-storage'],
    saferWay: 'fix-the-provisioner',
  },
  attached: {
    skips: 'detach',
    mayCause: ['device-still-attached', 'filesystem-corruption'],
    saferWay: 'unmount-and-detach-first',
  },
  pod: {
    skips: 'volume-teardown',
    mayCause: ['orphaned-directory', 'stale-mounts'],
    saferWay: 'wait-or-force-delete-knowingly',
  },
} as const satisfies Readonly<Record<string, FinalizerRisk>>
export type FinalizerRiskCase = keyof typeof FINALIZER_RISKS

/** An object whose finalizers someone would remove. */
export type FinalizedObject = { finalizers: readonly string[] } & (
  | { kind: 'PersistentVolumeClaim'; users: 'running' | 'ended' | 'none' | 'unknown' }
  | { kind: 'PersistentVolume'; phase: string }
  | { kind: 'VolumeAttachment' | 'Pod' }
)

/**
 * The rows of {@link FINALIZER_RISKS} that apply to a removal by hand (semantics §6.7, all versions): by
 * default of all finalizers, as `null` and any merge patch do.
 */
export function finalizerRisks(
  object: FinalizedObject,
  removed: readonly string[] = object.finalizers,
): FinalizerRiskCase[] {
  const present = object.finalizers.filter((finalizer) => removed.includes(finalizer))
  return [...new Set(present.flatMap((finalizer) => riskOf(object, finalizer) ?? []))]
}

/** What Kubernetes does not know by name is some other's, and may stand for a clean-up of theirs. */
function riskOf(object: FinalizedObject, finalizer: string): FinalizerRiskCase | undefined {
  if (object.kind === 'Pod') return 'pod'
  if (finalizer.startsWith(ATTACHER_FINALIZER_PREFIX)) return 'attached'
  if (object.kind === 'PersistentVolumeClaim' && finalizer === FINALIZER.claimProtection) {
    return CLAIM_RISK[object.users]
  }
  if (object.kind === 'PersistentVolume') {
    if (finalizer === FINALIZER.volumeProtection) return object.phase === 'Bound' ? 'volume-bound' : undefined
    const isDeleters = finalizer === FINALIZER.provisioner || finalizer === FINALIZER.volumeController
    if (isDeleters) return 'volume-with-provisioner'
  }
  return 'with-other-finalizers'
}

/** Users that are not known may run. */
const CLAIM_RISK = {
  running: 'claim-in-use',
  unknown: 'claim-in-use',
  ended: 'claim-of-ended-pods',
  none: undefined,
} as const
