import { describe, expect, it } from 'vitest'
import { createFramer } from '../../explain/frame/framer.ts'
import { foldFacts } from '../../explain/fold.ts'
import { readFacts } from '../../explain/read-facts.ts'
import { boundClaim, claim, node, pod, term, using, volume } from '../../placement/cluster.contract.ts'
import { ago, clusterOf, clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { nodeView } from '../node-view.contract.ts'
import { podFitsNowhere } from './pod-fits-nowhere.ts'

const waiting = (name: string, spec: Record<string, unknown> = {}, more: object = {}) =>
  pod(name, spec, { namespace: 'log', creationTimestamp: ago(600), ...more }, { phase: 'Pending' })
const all = { persistentVolumeClaims: [], persistentVolumes: [], storageClasses: [] }
const said = (objects: Parameters<typeof clusterOf>[0], more = {}) =>
  clusterSentences(podFitsNowhere, clusterOf({ ...all, ...objects }, more))

const pressed = node('n1', { taints: ['node.kubernetes.io/disk-pressure:NoSchedule'] })
const local = {
  persistentVolumeClaims: [boundClaim('data-es-0', 'pv-1', { namespace: 'log' })],
  persistentVolumes: [volume('pv-1', [term('kubernetes.io/hostname In n1')])],
}

describe('pod-fits-nowhere', () => {
  it('says of every node why, the nearest to taking it first, and what would help there', () => {
    const cordoned = node('n3', { unschedulable: true })
    const nodes = [node('n2'), cordoned, pressed, node('n4')]
    expect(said({ ...local, nodes, pods: [waiting('es-0', using('data-es-0'))] })).toEqual([
      'Pod/log/es-0: None of 4 nodes takes log/es-0. n1: The pod does not tolerate the taint node.kubernetes.io/disk-pressure:NoSchedule. n2, n4: The volume pv-1 of claim log/data-es-0 can be used only where kubernetes.io/hostname In (n1). n3: The node is cordoned (unschedulable). The volume pv-1 of claim log/data-es-0 can be used only where kubernetes.io/hostname In (n1). What would help on n1: free space where the taint is of DiskPressure, which then goes by itself; else have the pod tolerate the taint, or take it away.',
    ])
  })

  it('names what was evicted, by what the kubelet said', () => {
    const framer = createFramer({ file: 'kubelet.log', year: 1970, node: 'n1' })
    const line =
      'I0101 00:00:01.000000 1 e.go:1] eviction manager: pod es-0_log(1f2e3d4c-0000-0000-0000-000000000000) is evicted successfully'
    const facts = foldFacts([], [...framer.push(line), ...framer.end()].flatMap(readFacts))
    const nodes = new Map([['n1', nodeView([500], { facts })]])
    const [sentence] = said(
      { ...local, nodes: [pressed], pods: [waiting('es-0', using('data-es-0'))] },
      { nodes },
    )
    expect(sentence).toContain(
      'None of 1 node takes log/es-0 (to replace log/es-0, which was evicted from n1). n1: The pod',
    )
  })

  it('says once what holds for the pods of an owner, and names the evicted one of it', () => {
    const ownerReferences = [{ kind: 'ReplicaSet', name: 'web', uid: 'u' }]
    const pods = ['a', 'b', 'c'].map((name) => waiting(name, {}, { ownerReferences }))
    const evicted = pod(
      'z',
      { nodeName: 'n1' },
      { namespace: 'log', ownerReferences },
      { phase: 'Failed', reason: 'Evicted' },
    )
    expect(said({ nodes: [pressed], pods: [...pods, evicted] })).toEqual([
      expect.stringMatching(
        /^ReplicaSet\/log\/web: None of 1 node takes log\/a, log\/b, log\/c \(to replace log\/z, which was evicted from n1\)\./,
      ),
    ])
  })

  it('puts nodes that lack the same together, and no more than a few groups', () => {
    const busy = Array.from({ length: 40 }, (_, index) =>
      node(`n${index}`, { allocatable: { cpu: `${100 + index}m`, pods: '10' } }),
    )
    const tainted = Array.from({ length: 9 }, (_, index) =>
      node(`t${index}`, { taints: [`k${index}=v:NoSchedule`] }),
    )
    const asks = { containers: [{ name: 'c', resources: { requests: { cpu: '2' } } }] }
    const [sentence = ''] = said({ nodes: [...busy, ...tainted], pods: [waiting('big', asks)] })
    expect(sentence).toContain('n0, n1, n2, n3, n4 and 35 more: Too little is free of cpu')
    expect(sentence).toContain('6 more nodes refuse for other reasons.')
    expect(sentence.length).toBeLessThan(900)
  })

  it.each([
    ['a pod that fits', { nodes: [node('n1')], pods: [waiting('a')] }],
    [
      'a pod that was just made',
      { nodes: [pressed], pods: [waiting('a', {}, { creationTimestamp: ago(5) })] },
    ],
    ['a pod on a node', { nodes: [pressed], pods: [waiting('a', { nodeName: 'n1' })] }],
    [
      'what is not evaluated',
      { nodes: [pressed, node('n2')], pods: [waiting('a', { schedulerName: 'mine' })] },
    ],
    [
      'a claim that is missing, which is said of the claim',
      { nodes: [node('n1')], pods: [waiting('a', using('c'))] },
    ],
    [
      'a claim in deletion, which is said of the claim',
      {
        nodes: [node('n1')],
        persistentVolumeClaims: [claim('c', {}, { namespace: 'log', deletionTimestamp: ago(9) })],
        pods: [waiting('a', using('c'))],
      },
    ],
    [
      'a pod held back on purpose',
      { nodes: [node('n1')], pods: [waiting('a', { schedulingGates: [{ name: 'x' }] })] },
    ],
    ['a cluster without nodes', { nodes: [], pods: [waiting('a')] }],
    ['nodes that could not be had', { pods: [waiting('a')] }],
  ])('is quiet about %s', (_, objects) => expect(said(objects)).toEqual([]))

  it.each(['nodes', 'persistentvolumes'])('is quiet when some %s could not be read', (part) => {
    const gaps = [{ part, why: 'garbled' as const, detail: '1 of them' }]
    const pods = [waiting('es-0', using('data-es-0'))]
    const nodes = part === 'nodes' ? [pressed] : [node('n2')]
    expect(said({ ...local, nodes, pods }, { gaps })).toEqual([])
  })

  it('is quiet when pods could not be had', () => {
    expect(clusterSentences(podFitsNowhere, clusterView())).toEqual([])
  })
})
