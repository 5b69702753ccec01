import { describe, expect, it } from 'vitest'
import { removeFinalizerPatch } from './finalizer-patch.ts'
import { FINALIZER_RISKS, finalizerRisks, type FinalizedObject } from './finalizer-risks.ts'
import { FINALIZER, finalizerWait, type HeldObject } from './finalizers.ts'

const ATTACHER = 'external-attacher/ebs-csi'
const requested = { isDeletionRequested: true }

describe('finalizers (semantics §6.1)', () => {
  it.each<[string, string, HeldObject, HeldObject, string, string]>([
    [
      'PVC protection',
      FINALIZER.claimProtection,
      { ...requested, hasUsers: true },
      { ...requested, hasUsers: false },
      'pvc-protection-controller',
      'users-to-go',
    ],
    [
      'PV protection',
      FINALIZER.volumeProtection,
      { ...requested, phase: 'Bound' },
      { ...requested, phase: 'Released' },
      'pv-protection-controller',
      'claim-to-go',
    ],
    [
      'CSI provisioner',
      FINALIZER.provisioner,
      requested,
      { ...requested, isBackingVolumeDeleted: true },
      'csi-provisioner',
      'backing-volume-deletion',
    ],
    [
      'PV controller',
      FINALIZER.volumeController,
      requested,
      { ...requested, isBackingVolumeDeleted: true },
      'pv-controller',
      'backing-volume-deletion',
    ],
    [
      'CSI attacher',
      ATTACHER,
      { ...requested, isAttached: true },
      { ...requested, isAttached: false },
      'csi-attacher',
      'detach',
    ],
  ])('%s', (_, finalizer, held, free, remover, waitsFor) => {
    expect(finalizerWait(finalizer, held)).toEqual({ remover, waitsFor })
    expect(finalizerWait(finalizer, free)).toEqual({ remover, waitsFor: undefined })
    expect(finalizerWait(finalizer, requested).waitsFor).toBe(waitsFor)
    expect(finalizerWait(finalizer, { ...free, isDeletionRequested: false }).waitsFor).toBe(
      'deletion-request',
    )
  })

  it('one that Kubernetes does not know waits for its owner', () => {
    expect(finalizerWait('operator.example/backup', requested)).toEqual({
      remover: 'unknown',
      waitsFor: 'its-owner',
    })
  })
})

describe('risk of finalizers: null (semantics §6.7)', () => {
  const claim = (users: 'running' | 'ended' | 'none' | 'unknown', ...more: string[]): FinalizedObject => ({
    kind: 'PersistentVolumeClaim',
    users,
    finalizers: [FINALIZER.claimProtection, ...more],
  })
  const volume = (phase: string, ...finalizers: string[]): FinalizedObject => ({
    kind: 'PersistentVolume',
    phase,
    finalizers,
  })
  const SNAPSHOT = 'snapshot.storage.kubernetes.io/pvc-as-source-protection'

  it.each<[string, FinalizedObject, readonly string[]]>([
    ['PVC, pod still running', claim('running'), ['claim-in-use']],
    ['PVC, nobody knows its users', claim('unknown'), ['claim-in-use']],
    ['PVC, only Failed/Evicted pod objects left', claim('ended'), ['claim-of-ended-pods']],
    ['PVC, no user', claim('none'), []],
    ['PVC with extra finalizers', claim('none', SNAPSHOT), ['with-other-finalizers']],
    ['PV Bound', volume('Bound', FINALIZER.volumeProtection), ['volume-bound']],
    ['PV Released', volume('Released', FINALIZER.volumeProtection), []],
    [
      'PV with provisioner finalizer',
      volume('Released', FINALIZER.provisioner, FINALIZER.volumeController),
      ['volume-with-provisioner'],
    ],
    ['PV with attacher finalizer', volume('Released', ATTACHER), ['attached']],
    [
      'VolumeAttachment with attacher finalizer',
      { kind: 'VolumeAttachment', finalizers: [ATTACHER] },
      ['attached'],
    ],
    ['PV with a finalizer of others', volume('Released', 'operator.example/x'), ['with-other-finalizers']],
    ['pod', { kind: 'Pod', finalizers: ['batch.kubernetes.io/job-tracking'] }, ['pod']],
  ])('%s', (_, object, cases) => expect(finalizerRisks(object)).toEqual(cases))

  it('null removes all of them, a patch only the one', () => {
    const object = claim('ended', SNAPSHOT)
    expect(finalizerRisks(object)).toEqual(['claim-of-ended-pods', 'with-other-finalizers'])
    expect(finalizerRisks(object, [FINALIZER.claimProtection])).toEqual(['claim-of-ended-pods'])
    expect(removeFinalizerPatch(object.finalizers, SNAPSHOT)).toEqual([
      { op: 'test', path: '/metadata/finalizers/1', value: SNAPSHOT },
      { op: 'remove', path: '/metadata/finalizers/1' },
    ])
    expect(removeFinalizerPatch(object.finalizers, 'x')).toBeUndefined()
  })

  it.each([
    ['claim-in-use', 'usage-check', 'delete-the-pod-first'],
    ['claim-of-ended-pods', 'usage-check', 'delete-those-pod-objects'],
    ['with-other-finalizers', 'clean-up-of-others', 'remove-one-finalizer-by-patch'],
    ['volume-bound', 'claim-link', 'delete-the-claim-first'],
    ['volume-with-provisioner', 'backing-volume-deletion', 'fix-the-provisioner'],
    ['attached', 'detach', 'unmount-and-detach-first'],
    ['pod', 'volume-teardown', 'wait-or-force-delete-knowingly'],
  ] as const)('%s skips %s: %s', (row, skips, saferWay) => {
    expect(FINALIZER_RISKS[row]).toMatchObject({ skips, saferWay })
  })

  it('usually damages nothing only where the pods have ended', () => {
    const harmless = Object.entries(FINALIZER_RISKS).filter(([, { mayCause }]) => mayCause.length === 0)
    expect(harmless.map(([row]) => row)).toEqual(['claim-of-ended-pods'])
  })
})
