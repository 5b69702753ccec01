import { describe, expect, it } from 'vitest'
import { StatefulSet } from '../../kubernetes/stateful-set.ts'
import { claim, pod, using } from '../../placement/cluster.contract.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { podWaitsForMissingClaim } from './pod-waits-for-missing-claim.ts'

const waiting = (name: string, seconds = 600, spec: object = {}, owner?: object) =>
  pod(
    name,
    { ...using('data-es-0'), ...spec },
    { namespace: 'log', creationTimestamp: ago(seconds), ...(owner ? { ownerReferences: [owner] } : {}) },
    { phase: 'Pending' },
  )
const set = StatefulSet.parse({
  metadata: { namespace: 'log', name: 'es' },
  spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
})

describe('pod-waits-for-missing-claim', () => {
  it('has a StatefulSet make pod and claim anew', () => {
    const cluster = clusterOf({ pods: [waiting('es-0')], persistentVolumeClaims: [], statefulSets: [set] })
    expect(clusterSentences(podWaitsForMissingClaim, cluster)).toEqual([
      'Pod/log/es-0: The pod log/es-0 cannot be scheduled: the claim log/data-es-0 does not exist. The StatefulSet log/es makes a claim together with its pod: `kubectl -n log delete pod es-0` has both made anew. A new claim gets a new volume, so look first whether the old one is Released and still has the data.',
    ])
  })

  it('says once what pods of one owner lack', () => {
    const owner = { kind: 'ReplicaSet', name: 'web', uid: 'u' }
    const pods = Array.from({ length: 9 }, (_, index) => waiting(`web-${index}`, 600, {}, owner))
    expect(
      clusterSentences(podWaitsForMissingClaim, clusterOf({ pods, persistentVolumeClaims: [] })),
    ).toEqual([
      'ReplicaSet/log/web: The pods log/web-0, log/web-1, log/web-2, log/web-3, log/web-4 and 4 more cannot be scheduled: the claim log/data-es-0 does not exist. Create what is missing; if a claim was deleted, look first whether its volume is Released and still has the data.',
    ])
  })

  it.each([
    [
      'a claim that exists',
      clusterOf({
        pods: [waiting('es-0')],
        persistentVolumeClaims: [claim('data-es-0', {}, { namespace: 'log' })],
      }),
    ],
    ['a pod that was just made', clusterOf({ pods: [waiting('es-0', 5)], persistentVolumeClaims: [] })],
    [
      'a pod on a node',
      clusterOf({ pods: [waiting('es-0', 600, { nodeName: 'n1' })], persistentVolumeClaims: [] }),
    ],
    ['claims that could not be had', clusterOf({ pods: [waiting('es-0')] })],
    [
      'claims that could not all be read',
      clusterOf(
        { pods: [waiting('es-0')], persistentVolumeClaims: [] },
        { gaps: [{ part: 'persistentvolumeclaims', why: 'garbled', detail: '1 of them' }] },
      ),
    ],
    ['pods that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(podWaitsForMissingClaim, cluster)).toEqual([])
  })
})
