import { describe, expect, it } from 'vitest'
import { Node } from '../kubernetes/node.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { asking, node, place, pod, reasonsOf, saidOf } from './cluster.contract.ts'

const ROOM = { cpu: '2', memory: '4Gi', 'ephemeral-storage': '10Gi', pods: '3', 'example.org/gpu': '1' }
const on = (name: string, spec: object, status = {}) =>
  pod(name, { nodeName: 'n1', ...spec }, {}, { phase: 'Running', ...status })
const placed = (spec: object, pods: readonly Pod[] = [], allocatable: object = ROOM) =>
  reasonsOf(place(pod('p', { ...spec }), { nodes: [node('n1', { allocatable })], pods }))[0]

describe('resources', () => {
  const busy = on('busy', asking({ cpu: '1500m', memory: '3Gi', 'example.org/gpu': 1 }))
  it.each([
    ['nothing', {}, 'fits'],
    ['exactly what is free', asking({ cpu: '500m', memory: '1Gi' }), 'fits'],
    ['a thousandth of a core too much', asking({ cpu: '501m' }), 'refused.insufficient'],
    ['a byte too much', asking({ memory: String(2 ** 30 + 1) }), 'refused.insufficient'],
    ['ephemeral storage', asking({ 'ephemeral-storage': '11Gi' }), 'refused.insufficient'],
    ['a device that is taken', asking({ 'example.org/gpu': '1' }), 'refused.insufficient'],
    ['no device', asking({ 'example.org/gpu': '0' }), 'fits'],
    ['a device that the node does not know', asking({ 'example.org/fpga': '1' }), 'refused.insufficient'],
    ['huge pages that the node does not have', asking({ 'hugepages-2Mi': '2Mi' }), 'refused.insufficient'],
    ['what the scheduler does not count', asking({ storage: '100Gi', pods: '5' }), 'fits'],
    ['what cannot be read', asking({ cpu: 'much' }), 'unknown.quantity'],
  ])('a pod that asks for %s', (_, spec, expected) => {
    expect(placed(spec, [busy])).toBe(expected)
  })

  it.each([
    ['that has succeeded', on('x', asking({ cpu: '2' }), { phase: 'Succeeded' }), 'fits'],
    ['that was evicted', on('x', asking({ cpu: '2' }), { phase: 'Failed', reason: 'Evicted' }), 'fits'],
    ['that is pending', on('x', asking({ cpu: '2' }), { phase: 'Pending' }), 'refused.insufficient'],
    [
      'that is being deleted',
      {
        ...on('x', asking({ cpu: '2' })),
        metadata: { name: 'x', deletionTimestamp: '2026-01-01T00:00:00Z' },
      },
      'refused.insufficient',
    ],
    ['that is on no node', pod('x', asking({ cpu: '2' })), 'fits'],
    ['that is on another node', on('x', { ...asking({ cpu: '2' }), nodeName: 'n2' }), 'fits'],
    ['that is the pod itself', on('p', asking({ cpu: '2' })), 'fits'],
    [
      'of that name in another namespace',
      { ...on('p', asking({ cpu: '2' })), metadata: { name: 'p', namespace: 'x' } },
      'refused.insufficient',
    ],
  ])('a pod there %s', (_, other, expected) => {
    const one = pod('p', {
      ...asking({ cpu: '1' }),
      nodeName: other.metadata.name === 'p' && !other.metadata.namespace ? 'n1' : undefined,
    })
    expect(reasonsOf(place(one, { nodes: [node('n1', { allocatable: ROOM })], pods: [other] }))).toEqual([
      expected,
    ])
  })

  it('are full when the node has all its pods', () => {
    const pods = ['a', 'b', 'c'].map((name) => on(name, {}))
    expect(placed({}, pods)).toBe('refused.too-many-pods')
    expect(placed({}, pods.slice(1))).toBe('fits')
  })

  it('are counted from the capacity when nothing is said of what is allocatable', () => {
    const by = (status: object) => {
      const nodes = [Node.parse({ metadata: { name: 'n1' }, status })]
      return reasonsOf(place(pod('p', asking({ cpu: '1' })), { nodes }))
    }
    expect(by({ capacity: ROOM })).toEqual(['fits'])
    expect(by({ capacity: null })).toEqual(['unknown.allocatable'])
    expect(by({ capacity: ROOM, allocatable: { cpu: '1' } })).toEqual(['refused.too-many-pods'])
    expect(by({ allocatable: { cpu: '1', pods: 'many' } })).toEqual(['unknown.quantity'])
  })

  it('say what is asked for and what is free', () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`example.org/d${index}`, '1']))
    const cluster = { nodes: [node('n1', { allocatable: ROOM })], pods: [busy] }
    expect(saidOf(place(pod('p', asking({ cpu: '1', memory: '2Gi', ...many })), cluster))).toEqual([
      'Too little is free of cpu (asks for 1000m, 500m free), memory (asks for 2.15 GB, 1.07 GB free), example.org/d0 (asks for 1, 0 free), example.org/d1 (asks for 1, 0 free), example.org/d2 (asks for 1, 0 free) and 2 more.',
    ])
  })

  it('are not evaluated against pods that are not known', () => {
    const cluster = { nodes: [node('n1', { allocatable: ROOM })], pods: undefined }
    expect(reasonsOf(place(pod('p', asking({ cpu: '1' })), cluster))).toEqual(['unknown.pods'])
    expect(reasonsOf(place(pod('p', asking({ cpu: '3' })), cluster))).toEqual([
      'refused.insufficient unknown.pods',
    ])
  })
})

describe('host ports', () => {
  const ports = (...list: object[]) => ({ containers: [{ name: 'c', ports: list }] })
  const taken = (...list: object[]) => [on('other', ports(...list))]
  const refused = 'refused.host-ports'
  it.each([
    ['the same', [{ hostPort: 80 }], [{ hostPort: 80 }], refused],
    ['another', [{ hostPort: 80 }], [{ hostPort: 81 }], 'fits'],
    ['the same of the other protocol', [{ hostPort: 80, protocol: 'UDP' }], [{ hostPort: 80 }], 'fits'],
    ['the same, its protocol said', [{ hostPort: 80, protocol: 'TCP' }], [{ hostPort: 80 }], refused],
    [
      'the same of another address',
      [{ hostPort: 80, hostIP: '10.0.0.1' }],
      [{ hostPort: 80, hostIP: '10.0.0.2' }],
      'fits',
    ],
    [
      'the same of every address',
      [{ hostPort: 80, hostIP: '10.0.0.1' }],
      [{ hostPort: 80, hostIP: '' }],
      refused,
    ],
    [
      'every address where one is taken',
      [{ hostPort: 80, hostIP: '0.0.0.0' }],
      [{ hostPort: 80, hostIP: '10.0.0.2' }],
      refused,
    ],
    ['a port of the container only', [{ containerPort: 80 }], [{ hostPort: 80 }], 'fits'],
    ['no port', [{ hostPort: 0 }], [{ hostPort: 0 }], 'fits'],
  ])('%s', (_, wanted, there, expected) => {
    expect(placed(ports(...wanted), taken(...there))).toBe(expected)
  })

  it('are those of every container on the host network, and of sidecars', () => {
    const there = taken({ hostPort: 80 })
    expect(placed({ ...ports({ containerPort: 80 }), hostNetwork: true }, there)).toBe(refused)
    const init = { name: 'i', ports: [{ hostPort: 80 }] }
    expect(placed({ initContainers: [init] }, there)).toBe('fits')
    expect(placed({ initContainers: [{ ...init, restartPolicy: 'Always' }] }, there)).toBe(refused)
  })

  it('are free again when the pod has ended, and no pod is in its own way', () => {
    const nodes = [node('n1')]
    const ended = on('other', ports({ hostPort: 80 }), { phase: 'Failed' })
    expect(reasonsOf(place(pod('p', ports({ hostPort: 80 })), { nodes, pods: [ended] }))).toEqual(['fits'])
    const self = on('p', ports({ hostPort: 80 }))
    expect(reasonsOf(place(self, { nodes, pods: [self] }))).toEqual(['fits'])
  })
})
