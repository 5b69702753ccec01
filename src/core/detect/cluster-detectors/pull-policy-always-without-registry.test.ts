import { describe, expect, it } from 'vitest'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { podOf, running, waiting } from '../container.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { statedByEvent } from '../stated.contract.ts'
import { pullPolicyAlwaysWithoutRegistry } from './pull-policy-always-without-registry.ts'

const always = { imagePullPolicy: 'Always' }
const runs = (name: string, more: object = always) => podOf(name, 'lab.local/web:1', running(ago(600)), more)
const failing = podOf('b', 'lab.local/db:1', waiting('ErrImagePull', 'dial tcp: i/o timeout'))
const stated = (secondsAgo: number) =>
  new Map([
    [
      'n1',
      nodeView([500], {
        facts: statedByEvent(
          'b',
          'Failed',
          'Failed to pull image "lab.local/db:1": dial tcp: i/o timeout',
          ago(secondsAgo),
        ),
      }),
    ],
  ])
const said = (objects: Parameters<typeof clusterOf>[0], more = {}) =>
  clusterSentences(pullPolicyAlwaysWithoutRegistry, clusterOf(objects, more))

describe('pull-policy-always-without-registry', () => {
  it('says what a restart would fail', () => {
    expect(said({ pods: [failing, runs('a'), runs('c')] })).toEqual([
      'Node/n1: lab.local does not answer n1, and 2 pods run there with imagePullPolicy Always (app/a, app/c): a restart fails, though the image is on the node. Set imagePullPolicy to IfNotPresent, or make the registry reachable.',
    ])
  })

  it('hears it from events of the last hour', () => {
    expect(said({ pods: [runs('a')] }, { nodes: stated(600) })).toEqual([
      expect.stringMatching(/^Pod\/app\/a: lab\.local does not answer n1, and 1 pod runs there/),
    ])
    expect(said({ pods: [runs('a')] }, { nodes: stated(3601) })).toEqual([])
  })

  it.each([
    ['another policy', [failing, runs('a', {})]],
    ['another node', [failing, runs('a', { ...always, nodeName: 'n2' })]],
    ['another registry', [failing, podOf('a', 'web:1', running(ago(600)), always)]],
    [
      'an image that the registry does not have',
      [podOf('b', 'lab.local/db:1', waiting('ErrImagePull', 'manifest unknown')), runs('a')],
    ],
    ['pulls of which nothing is known', [runs('a')]],
  ])('is quiet about %s', (_, pods) => expect(said({ pods })).toEqual([]))

  it('is quiet when pods could not be had', () => {
    expect(clusterSentences(pullPolicyAlwaysWithoutRegistry, clusterView())).toEqual([])
  })
})
