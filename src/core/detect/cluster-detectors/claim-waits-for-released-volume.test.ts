import { describe, expect, it } from 'vitest'
import { boundClaim, claim, volume } from '../../placement/cluster.contract.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { claimWaitsForReleasedVolume } from './claim-waits-for-released-volume.ts'

const released = {
  ...volume('pv-1', undefined, { claimRef: { namespace: 'log', name: 'data-es-0', uid: 'u0' } }),
  status: { phase: 'Released' },
}
const waiting = (seconds = 600, namespace = 'log') =>
  claim('data-es-0', {}, { namespace, creationTimestamp: ago(seconds) })

describe('claim-waits-for-released-volume', () => {
  it('says how to bind it, or that the data is to be cleaned', () => {
    const cluster = clusterOf({ persistentVolumeClaims: [waiting()], persistentVolumes: [released] })
    expect(clusterSentences(claimWaitsForReleasedVolume, cluster)).toEqual([
      'PersistentVolumeClaim/log/data-es-0: The claim log/data-es-0 waits for a volume, while pv-1, which a claim of that name had before, is Released: its data is still there, but it keeps the UID of the old claim and binds to no other. If that data is wanted, let it go: `kubectl patch pv pv-1 --type=json -p \'[{"op":"remove","path":"/spec/claimRef/uid"}]\'`; if not, delete the volume and clean what is on its disk.',
    ])
  })

  it.each([
    [
      'a claim that was just made',
      clusterOf({ persistentVolumeClaims: [waiting(5)], persistentVolumes: [released] }),
    ],
    [
      'a claim of another namespace',
      clusterOf({ persistentVolumeClaims: [waiting(600, 'app')], persistentVolumes: [released] }),
    ],
    [
      'a claim that is bound',
      clusterOf({
        persistentVolumeClaims: [boundClaim('data-es-0', 'pv-2', { namespace: 'log' })],
        persistentVolumes: [released],
      }),
    ],
    ['volumes that could not be had', clusterOf({ persistentVolumeClaims: [waiting()] })],
    ['claims that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(claimWaitsForReleasedVolume, cluster)).toEqual([])
  })
})
