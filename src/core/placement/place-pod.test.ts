import { describe, expect, it } from 'vitest'
import type { Node } from '../kubernetes/node.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { node, place, pod, reasonsOf, saidOf, term } from './cluster.contract.ts'
import { indexCluster } from './index-cluster.ts'
import { fitsNowhereElse } from './place-pod.ts'

const NODES = [node('n1', { labels: { disk: 'ssd', zone: '' } }), node('n2')]

describe('the node that a pod asks for', () => {
  it.each([
    ['labels', { nodeSelector: { disk: 'ssd' } }, ['fits', 'refused.node-selector']],
    [
      'an empty value, which is not an absent label',
      { nodeSelector: { zone: '' } },
      ['fits', 'refused.node-selector'],
    ],
    ['nothing', { nodeSelector: {} }, ['fits', 'fits']],
    ['a name', { nodeName: 'n2' }, ['refused.node-name', 'fits']],
  ])('by %s', (_, spec, expected) => {
    expect(reasonsOf(place(pod('p', { ...spec }), { nodes: NODES }))).toEqual(expected)
  })

  const required = (terms: object[] | null) => ({
    affinity: {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
    },
  })
  it.each([
    ['one of its terms', [term('rack Exists'), term('disk In ssd')], ['fits', 'refused.node-affinity']],
    [
      'a name, as for a pod of a DaemonSet',
      [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n2'] }] }],
      ['refused.node-affinity', 'fits'],
    ],
    ['no terms', null, ['refused.node-affinity', 'refused.node-affinity']],
    ['an empty term', [{}], ['refused.node-affinity', 'refused.node-affinity']],
  ])('by affinity: %s', (_, terms, expected) => {
    expect(reasonsOf(place(pod('p', required(terms)), { nodes: NODES }))).toEqual(expected)
  })

  it('by labels and affinity together, and says which', () => {
    const spec = { ...required([term('rack In 1 2 3 4 5 6', 'zone Exists')]), nodeSelector: { disk: 'ssd' } }
    expect(saidOf(place(pod('p', spec), { nodes: NODES }))).toEqual([
      "The pod's node affinity asks for rack In (1, 2, 3, 4, 5, … (6)), zone Exists.",
      "The node lacks labels that nodeSelector asks for: disk=ssd. The pod's node affinity asks for rack In (1, 2, 3, 4, 5, … (6)), zone Exists.",
    ])
  })
})

describe('elsewhere', () => {
  const nowhereElse = (one: Pod, nodes: Node[], options?: { except?: string }) =>
    fitsNowhereElse(one, indexCluster({ nodes, pods: [one], claims: [], volumes: [] }), options)
  const picky = { nodeSelector: { disk: 'ssd' } }
  const isStatic = { annotations: { 'kubernetes.io/config.mirror': 'x' } }

  it.each([
    ['a pod on a node, any other', pod('p', { nodeName: 'n1' }), 'no'],
    ['a pod on the only node that will do', pod('p', { nodeName: 'n1', ...picky }), 'yes'],
    ['a pod on a node that will not do', pod('p', { nodeName: 'n2', ...picky }), 'no'],
    ['a pod on no node', pod('p', picky), 'no'],
    ['a pod on no node, for which none will do', pod('p', { nodeSelector: { disk: 'tape' } }), 'yes'],
    ['a static pod', pod('p', { nodeName: 'n1' }, isStatic), 'yes'],
    ['a pod of another scheduler', pod('p', { nodeName: 'n1', schedulerName: 'own' }), 'unknown'],
    ['a pod that needs devices', pod('p', { nodeName: 'n1', resourceClaims: [{ name: 'gpu' }] }), 'unknown'],
    ['a pod that is held back', pod('p', { schedulingGates: [{ name: 'quota' }] }), 'yes'],
    ['a pod of the scheduler there always is', pod('p', { schedulerName: 'default-scheduler' }), 'no'],
  ])('%s: %s', (_, one, expected) => {
    expect(nowhereElse(one, NODES)).toBe(expected)
  })

  it('is nowhere where there is no other node', () => {
    expect(nowhereElse(pod('p', { nodeName: 'n1' }), NODES.slice(0, 1))).toBe('yes')
  })

  it('than on the node that is said', () => {
    expect(nowhereElse(pod('p', picky), NODES, { except: 'n1' })).toBe('yes')
  })

  it('names refusals first, then what was not evaluated', () => {
    const one = pod('p', { schedulerName: 'own', nodeSelector: { a: 'b' } })
    expect(reasonsOf(place(one, { nodes: NODES.slice(0, 1), pods: undefined }))).toEqual([
      'refused.node-selector unknown.pods unknown.scheduler',
    ])
  })
})
