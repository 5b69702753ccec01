import { describe, expect, it } from 'vitest'
import { boundClaim, claim, volume } from '../../placement/cluster.contract.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { claimPointsAtNothing } from './claim-points-at-nothing.ts'

const bound = boundClaim('data-es-0', 'pv-1', { namespace: 'log', uid: 'u1' })
const owned = (claimRef: object | undefined, phase = 'Bound') => ({
  ...volume('pv-1', undefined, claimRef ? { claimRef } : {}),
  status: { phase },
})
const own = { namespace: 'log', name: 'data-es-0', uid: 'u1' }

describe('claim-points-at-nothing', () => {
  it('says what to find before anything is deleted', () => {
    const cluster = clusterOf({ persistentVolumeClaims: [bound], persistentVolumes: [] })
    expect(clusterSentences(claimPointsAtNothing, cluster)).toEqual([
      'PersistentVolumeClaim/log/data-es-0: The claim log/data-es-0 is bound to the volume pv-1, which does not exist: no pod can start with it, and it stays so until it is made anew. Before you delete it, find where the data is (path or disk of pv-1); then make the volume anew for it with a claimRef to log/data-es-0 without uid, delete the claim, and let it be made anew.',
    ])
  })

  it.each([
    ['another claim', owned({ namespace: 'log', name: 'other' }), 'belongs to log/other'],
    ['an earlier claim of its name', owned({ ...own, uid: 'u0' }), 'belongs to another claim'],
    ['none any more', owned(own, 'Released'), 'is Released'],
    ['none, and could not be reclaimed', owned(own, 'Failed'), 'has Failed'],
  ])('sees a volume that belongs to %s', (_, one, words) => {
    const cluster = clusterOf({ persistentVolumeClaims: [bound], persistentVolumes: [one] })
    expect(clusterSentences(claimPointsAtNothing, cluster)).toEqual([expect.stringContaining(words)])
  })

  it('believes a claim that says it is Lost, whatever is known of volumes', () => {
    const lost = claim('data', { volumeName: 'pv-1' }, {}, 'Lost')
    expect(clusterSentences(claimPointsAtNothing, clusterOf({ persistentVolumeClaims: [lost] }))).toEqual([
      expect.stringContaining('has lost its volume pv-1'),
    ])
  })

  const older = clusterOf({ persistentVolumeClaims: [bound], persistentVolumes: [] })
  it.each([
    ['its own volume', clusterOf({ persistentVolumeClaims: [bound], persistentVolumes: [owned(own)] })],
    [
      'a volume without claimRef',
      clusterOf({ persistentVolumeClaims: [bound], persistentVolumes: [owned(undefined)] }),
    ],
    ['a claim that waits', clusterOf({ persistentVolumeClaims: [claim('a')], persistentVolumes: [] })],
    [
      'a claim in deletion',
      clusterOf({
        persistentVolumeClaims: [boundClaim('a', 'pv', { deletionTimestamp: ago(9) })],
        persistentVolumes: [],
      }),
    ],
    [
      'volumes that were looked at before',
      {
        ...older,
        objects: { ...older.objects, persistentVolumes: { value: [], source: '', observedAt: 1 } },
      },
    ],
    [
      'volumes that could not all be read',
      { ...older, gaps: [{ part: 'persistentvolumes', why: 'garbled' as const, detail: '1 of them' }] },
    ],
    ['volumes that could not be had', clusterOf({ persistentVolumeClaims: [bound] })],
    ['claims that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(claimPointsAtNothing, cluster)).toEqual([])
  })
})
