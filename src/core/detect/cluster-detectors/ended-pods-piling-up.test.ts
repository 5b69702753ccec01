import { describe, expect, it } from 'vitest'
import { pod, using } from '../../placement/cluster.contract.ts'
import { clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { endedPodsPilingUp } from './ended-pods-piling-up.ts'

const ended = (count: number, phase = 'Failed') =>
  Array.from({ length: count }, (_, index) =>
    pod(
      `p${index}`,
      index === 0 ? using('data') : {},
      { namespace: 'app', ownerReferences: [{ kind: 'ReplicaSet', name: 'web', uid: 'u' }] },
      { phase, ...(index % 2 === 0 ? { reason: 'Evicted' } : {}) },
    ),
  )

describe('ended-pods-piling-up', () => {
  it('counts them, and says what they hold', () => {
    expect(clusterSentences(endedPodsPilingUp, clusterOf({ pods: ended(12) }))).toEqual([
      'Namespace/app: 12 failed pods, 6 of them evicted, are left as objects in the namespace app: ReplicaSet/web. 1 of them still holds a claim, which cannot be deleted until then. Read why they failed, then `kubectl -n app delete pods --field-selector=status.phase=Failed`.',
    ])
  })

  it.each([
    ['a few', clusterOf({ pods: ended(9) })],
    ['jobs that are done', clusterOf({ pods: ended(50, 'Succeeded') })],
    ['pods that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => expect(clusterSentences(endedPodsPilingUp, cluster)).toEqual([]))
})
