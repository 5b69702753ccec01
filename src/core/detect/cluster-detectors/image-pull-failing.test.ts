import { describe, expect, it } from 'vitest'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { podOf, running, waiting } from '../container.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { statedByEvent } from '../stated.contract.ts'
import { imagePullFailing } from './image-pull-failing.ts'

const TIMEOUT = 'dial tcp 10.0.0.9:443: i/o timeout'
const said = (objects: Parameters<typeof clusterOf>[0], more = {}) =>
  clusterSentences(imagePullFailing, clusterOf(objects, more))

describe('image-pull-failing', () => {
  it('says once what one registry does not give', () => {
    const pods = Array.from({ length: 7 }, (_, index) =>
      podOf(`w-${index}`, `lab.local/web:${index % 2}`, waiting('ErrImagePull', TIMEOUT), {
        nodeName: `n${index}`,
      }),
    )
    expect(said({ pods })).toEqual([
      'Cluster/lab.local: lab.local/web:0, lab.local/web:1 cannot be pulled for 7 pods (app/w-0, app/w-1, app/w-2, app/w-3, app/w-4 and 2 more) on n0, n1, n2, n3, n4 and 2 more: lab.local does not answer. Make it reachable from those nodes, or load the image by hand (`ctr -n k8s.io images import`, or `docker load`).',
    ])
  })

  it.each([
    [
      'ErrImageNeverPull',
      'Container image "a" is not present with pull policy of Never',
      'imagePullPolicy is Never',
    ],
    ['InvalidImageName', 'Failed to apply default image tag', 'it is no name of an image'],
    ['ErrImagePull', 'manifest unknown', 'the registry does not have it'],
    ['ErrImagePull', 'pull access denied', 'refuses it for want of rights'],
    ['ErrImagePull', 'write /var/lib/x: no space left on device', 'the disk has no space for it'],
    ['ImageInspectError', 'boom\u001b[2J', '"boom�[2J". See'],
    ['ImagePullBackOff', undefined, '"ImagePullBackOff". See'],
  ])('%s (%s): %s', (reason, text, words) => {
    expect(said({ pods: [podOf('a', 'web:1', waiting(reason, text))] })).toEqual([
      expect.stringMatching(/^Pod\/app\/a: web:1 cannot be pulled for 1 pod \(app\/a\) on n1: /),
    ])
    expect(said({ pods: [podOf('a', 'web:1', waiting(reason, text))] })[0]).toContain(words)
  })

  it('has the events of a node tell what a back-off does not', () => {
    const facts = statedByEvent('a', 'Failed', `Failed to pull image "lab.local/web:1": ${TIMEOUT}`, ago(60))
    const nodes = new Map([['n1', nodeView([500], { facts })]])
    expect(said({ pods: [podOf('a', 'lab.local/web:1', waiting('ImagePullBackOff'))] }, { nodes })).toEqual([
      expect.stringContaining('lab.local does not answer'),
    ])
  })

  it.each([
    ['a container that runs', clusterOf({ pods: [podOf('a', 'web:1', running(ago(60)))] })],
    [
      'one that waits for something else',
      clusterOf({ pods: [podOf('a', 'web:1', waiting('ContainerCreating'))] }),
    ],
    ['pods that could not be had', clusterView()],
  ])('is quiet about %s', (_, cluster) => {
    expect(clusterSentences(imagePullFailing, cluster)).toEqual([])
  })
})
