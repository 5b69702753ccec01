import { describe, expect, it } from 'vitest'
import { deletionSteps } from './deletion-steps.ts'
import { afterClaimGone, afterVolumeDeletedFirst, canBind, CLAIM_WITHOUT_VOLUME } from './reclaim.ts'
import { mountRetryDelay, RECREATED_WITH, whenPathVanished } from './vanished-path.ts'
import { isForceDetached } from './volume-attachment.ts'

describe('after the claim is gone (semantics §6.3)', () => {
  it.each([
    ['Retain', true, { phase: 'Released', data: 'untouched' }],
    ['Retain', false, { phase: 'Released', data: 'untouched' }],
    ['Delete', true, { phase: undefined, data: 'deleted' }],
    ['Delete', false, { phase: 'Failed', data: 'untouched', reason: 'VolumeFailedDelete' }],
    ['Recycle', true, { phase: 'Available', data: 'deleted' }],
  ] as const)('%s, with a deleter: %s', (policy, hasDeleter, expected) => {
    expect(afterClaimGone(policy, hasDeleter)).toEqual(expected)
  })

  it('a Released volume binds to no other claim until its claimRef is cleared', () => {
    expect([{ uid: 'old' }, { uid: 'new' }, {}, undefined].map((ref) => canBind(ref, 'new'))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  it('if the volume is removed first, Delete may be skipped before 1.31', () => {
    const at = (policy: 'Delete' | 'Retain', minor: number) =>
      afterVolumeDeletedFirst(policy, { minor, patch: 0 })
    expect([at('Delete', 30), at('Delete', 31), at('Retain', 30)]).toEqual([
      'may-leak',
      'as-after-claim',
      'as-after-claim',
    ])
  })

  it('a claim whose volume vanished is Lost', () => {
    expect(CLAIM_WITHOUT_VOLUME).toEqual({ phase: 'Lost', reason: 'ClaimLost', isPermanent: true })
  })
})

describe('a local volume whose directory vanished (semantics §6.5)', () => {
  const local = { kind: 'local', volumeName: 'es-pv', path: '/data/es' } as const

  it('kubelet: never creates the directory, and says so', () => {
    expect(whenPathVanished(local)).toEqual({
      kind: 'blocked',
      event: 'FailedMount',
      message:
        'MountVolume.NewMounter initialization failed for volume "es-pv" : path "/data/es" does not exist',
    })
  })

  it('hostPath of type DirectoryOrCreate is created, of other types this does not say', () => {
    const hostPath = (type: string) => whenPathVanished({ kind: 'hostPath', type, path: '/data' }).kind
    expect(['DirectoryOrCreate', 'Directory', ''].map(hostPath)).toEqual(['created', 'unknown', 'unknown'])
  })

  it('retry back-off 0.5 s doubling to 2 m 2 s', () => {
    const seconds = [1, 2, 3, 8, 9, 10, 50].map((failures) => mountRetryDelay(failures) / 1000)
    expect(seconds).toEqual([0.5, 1, 2, 64, 122, 122, 122])
  })

  it('fix without deleting objects', () => expect(RECREATED_WITH).toEqual(['owner', 'mode', 'selinux-label']))
})

describe('deletion order (semantics §6.6)', () => {
  const steps = (...[volume]: Parameters<typeof deletionSteps>) =>
    deletionSteps(volume).map(({ item, does }) => `${item} ${does}`)

  it('of a local volume that is retained', () => {
    expect(steps({ reclaimPolicy: 'Retain', hasDeleter: false, isCsi: false })).toEqual([
      '1 back-up-or-confirm-loss',
      '2 scale-down',
      '3 pod-gone',
      '3 path-unmounted',
      '4 delete-claim',
      '4 claim-gone',
      '5 volume-reclaimed',
      '6 delete-volume',
      '6 volume-gone',
      '8 clean-content',
      '9 recreate-volume',
      '10 scale-up',
    ])
  })

  it('looks for attachments of a CSI volume only', () => {
    expect(steps({ reclaimPolicy: 'Retain', hasDeleter: true, isCsi: true })).toContain('7 no-attachment')
  })

  it('does not delete what the deleter of the volume has deleted', () => {
    const deleted = deletionSteps({ reclaimPolicy: 'Delete', hasDeleter: true, isCsi: true })
    expect(deleted.map(({ item }) => item)).toEqual([1, 2, 3, 3, 4, 4, 5, 7, 10])
    expect(deleted.find(({ does }) => does === 'volume-reclaimed')?.expects?.data).toBe('deleted')
  })

  it('asks first, and acts on nothing while a pod may use it', () => {
    const all = deletionSteps({ reclaimPolicy: 'Retain', hasDeleter: false, isCsi: false })
    expect(all[0]?.kind).toBe('ask')
    const acts = all.filter(({ kind }) => kind === 'act').map(({ does }) => does)
    expect(acts).toEqual([
      'scale-down',
      'delete-claim',
      'delete-volume',
      'clean-content',
      'recreate-volume',
      'scale-up',
    ])
  })

  it('a detach is forced after six minutes only, or out of service', () => {
    expect([
      isForceDetached(360_000, false),
      isForceDetached(360_001, false),
      isForceDetached(0, true),
    ]).toEqual([false, true, true])
  })
})
