import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { Node } from '../../kubernetes/node.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { podOf, running, waiting } from '../container.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { imageMissingOnNode } from './image-missing-on-node.ts'

const node = (...images: (readonly string[])[]) =>
  Node.parse({
    metadata: { name: 'n1' },
    status: { images: images.map((names) => ({ names, sizeBytes: 1 })) },
  })
const other = node(['other:1'])
const never = { imagePullPolicy: 'Never' }
const runs = (more: object = never, seconds = 7200) =>
  podOf('a', 'lab.local/web:1', running(ago(seconds)), more)
const failing = podOf('b', 'lab.local/db:1', waiting('ErrImagePull', 'dial tcp: i/o timeout'))

describe('image-missing-on-node', () => {
  it('says what would not survive a restart', () => {
    expect(clusterSentences(imageMissingOnNode, clusterOf({ nodes: [other], pods: [runs()] }))).toEqual([
      'Pod/app/a: app/a runs on n1, but lab.local/web:1 is no longer among the images there, and imagePullPolicy Never pulls none: it would not survive a restart. Load the image again there before anything restarts it.',
    ])
  })

  it('counts a registry that does not answer this node', () => {
    const cluster = clusterOf({ nodes: [other], pods: [runs({}), failing] })
    expect(clusterSentences(imageMissingOnNode, cluster)).toEqual([
      expect.stringContaining('its registry does not answer'),
    ])
  })

  const many = Array.from({ length: 50 }, (_, index) => [`other:${index}`])
  const unlimited = {
    kubeletConfiguration: {
      value: KubeletConfiguration.parse({ nodeStatusMaxImages: -1 }),
      source: 'test',
      observedAt: 0,
    },
  }
  it('takes a long list for whole where the kubelet is told to cut none', () => {
    const nodes = new Map([['n1', nodeView([500], unlimited)]])
    const cluster = clusterOf({ nodes: [node(...many)], pods: [runs()] }, { nodes })
    expect(clusterSentences(imageMissingOnNode, cluster)).toHaveLength(1)
  })

  const digest = `lab.local/web@sha256:${'a'.repeat(64)}`
  it.each([
    ['an image that is there', [node(['lab.local/web:1'])], [runs()]],
    [
      'one that is there by its digest',
      [node([digest])],
      [runs({ ...never, imageID: `docker-pullable://${digest}` })],
    ],
    ['a list that may be cut', [node(...many)], [runs()]],
    ['an image with as many names as are listed', [node(['a', 'b', 'c', 'd', 'e'])], [runs()]],
    ['an image without a name', [node(['<none>@<none>', '<none>:<none>'])], [runs()]],
    ['a node that lists none', [node()], [runs()]],
    ['what was just started', [other], [runs(never, 60)]],
    ['what can be pulled, for all that is known', [other], [runs({})]],
  ])('is quiet about %s', (_, nodes, pods) => {
    expect(clusterSentences(imageMissingOnNode, clusterOf({ nodes, pods }))).toEqual([])
  })

  it('is quiet when nothing could be had', () => {
    expect(clusterSentences(imageMissingOnNode, clusterView())).toEqual([])
    expect(clusterSentences(imageMissingOnNode, clusterOf({ pods: [runs()] }))).toEqual([])
  })
})
