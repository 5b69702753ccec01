import { describe, expect, it } from 'vitest'
import { Node } from '../../kubernetes/node.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { nodeUnderDiskPressure } from './node-under-disk-pressure.ts'

const node = (status: string, since = ago(300)) =>
  Node.parse({
    metadata: { name: 'n1' },
    status: { conditions: [{ type: 'DiskPressure', status, lastTransitionTime: since }] },
  })

describe('node-under-disk-pressure', () => {
  it('says for how long, what it means, and what to do', () => {
    expect(clusterSentences(nodeUnderDiskPressure, clusterOf({ nodes: [node('True')] }))).toEqual([
      'Node/n1: n1 has been under DiskPressure for 5 min: its kubelet deletes idle images and evicts pods until enough is free, and pods that do not tolerate it are not scheduled there. Free space on it: see what fills it with `df -h` and `du -xh -d 3 / | sort -h | tail -n 20`.',
    ])
  })

  it.each([
    [500, 'By its last reading every threshold is met again: it ends 5m0s after the last shortage'],
    [140, 'Free space on it'],
  ])('tells pressure that is about to end, at %d MB available', (available, said) => {
    const nodes = new Map([['n1', nodeView([available])]])
    const [sentence] = clusterSentences(
      nodeUnderDiskPressure,
      clusterOf({ nodes: [node('True')] }, { nodes }),
    )
    expect(sentence).toContain(said)
  })

  it.each([
    ['none', clusterOf({ nodes: [node('False')] })],
    ['what is not known', clusterOf({ nodes: [node('Unknown')] })],
    [
      'a node without conditions',
      clusterOf({ nodes: [Node.parse({ metadata: { name: 'n1' }, status: {} })] }),
    ],
    ['nodes that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(nodeUnderDiskPressure, cluster)).toEqual([])
  })

  it('names no time that cannot be read', () => {
    const [sentence] = clusterSentences(nodeUnderDiskPressure, clusterOf({ nodes: [node('True', 'soon')] }))
    expect(sentence).toContain('n1 has been under DiskPressure: its kubelet')
  })
})
