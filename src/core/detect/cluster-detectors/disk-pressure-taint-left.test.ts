import { describe, expect, it } from 'vitest'
import { Node } from '../../kubernetes/node.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { diskPressureTaintLeft } from './disk-pressure-taint-left.ts'

const node = (status: string | undefined, since: number, key = 'node.kubernetes.io/disk-pressure') =>
  Node.parse({
    metadata: { name: 'n1' },
    spec: { taints: [{ key, effect: 'NoSchedule' }] },
    status: {
      conditions: status ? [{ type: 'DiskPressure', status, lastTransitionTime: ago(since) }] : [],
    },
  })

describe('disk-pressure-taint-left', () => {
  it('says who should take it away', () => {
    expect(clusterSentences(diskPressureTaintLeft, clusterOf({ nodes: [node('False', 600)] }))).toEqual([
      'Node/n1: n1 keeps the taint node.kubernetes.io/disk-pressure:NoSchedule, though its condition has said for 10 min that there is no pressure: pods are kept away for nothing. The control plane takes the taint away within seconds: look whether kube-controller-manager runs; a taint that someone set by hand goes with `kubectl taint nodes n1 node.kubernetes.io/disk-pressure-`.',
    ])
  })

  it.each([
    ['pressure', clusterOf({ nodes: [node('True', 600)] })],
    ['pressure that has just ended', clusterOf({ nodes: [node('False', 30)] })],
    ['a kubelet that does not answer', clusterOf({ nodes: [node('Unknown', 600)] })],
    ['a condition that is not there', clusterOf({ nodes: [node(undefined, 600)] })],
    ['another taint', clusterOf({ nodes: [node('False', 600, 'dedicated')] })],
    ['nodes that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(diskPressureTaintLeft, cluster)).toEqual([])
  })
})
