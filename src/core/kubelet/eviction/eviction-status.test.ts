import { describe, expect, it } from 'vitest'
import {
  diskPressureCondition,
  disruptionCondition,
  EVICTED,
  evictionAnnotations,
  offendingContainers,
  pressureText,
  refusalHead,
} from './eviction-status.ts'
import type { EvictionThreshold } from './thresholds.ts'

const GIB = 2 ** 30
const version = (minor: number) => ({ minor, patch: 0 })
const nodefs: EvictionThreshold = {
  signal: 'nodefs.available',
  kind: 'hard',
  quantity: '1Gi',
  gracePeriod: 0,
}
const inodes: EvictionThreshold = { ...nodefs, signal: 'nodefs.inodesFree' }
const uses = [
  { name: 'over', usedBytes: 2 * GIB, request: '1Gi', requestBytes: GIB },
  { name: 'at', usedBytes: GIB, request: '1Gi', requestBytes: GIB },
  { name: 'free', usedBytes: 4096, request: '0', requestBytes: 0 },
  { name: 'before', usedBytes: GIB, request: '0', requestBytes: 0, isInit: true },
]
const names = (containers: readonly { name: string }[]) => containers.map(({ name }) => name)

describe('what pod and node show (semantics §3.11)', () => {
  it('pod status', () => {
    expect(EVICTED).toEqual({ phase: 'Failed', reason: 'Evicted' })
  })

  it.each([
    [
      '≤1.25: without figures of the node',
      25,
      'The node was low on resource: ephemeral-storage. Container over was using 2Gi, which exceeds its request of 1Gi. Container free was using 4Ki, which exceeds its request of 0. ',
    ],
    [
      '≥1.26: with the threshold and what is available',
      26,
      'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 512Mi. Container over was using 2Gi, request is 1Gi, has larger consumption of ephemeral-storage. Container free was using 4Ki, request is 0, has larger consumption of ephemeral-storage. ',
    ],
  ])('pressure text, %s', (_, minor, text) => {
    const offending = offendingContainers(nodefs, uses, version(minor))
    const node = { available: GIB / 2, quantity: GIB }
    expect(pressureText(nodefs, node, offending, version(minor))).toBe(text)
  })

  it.each([
    [25, 'The node was low on resource: inodes. '],
    [26, 'The node was low on resource: inodes. Threshold quantity: 50, available: 40. '],
  ])('pressure text, 1.%d: counts of inodes', (minor, text) => {
    expect(pressureText(inodes, { available: 40, quantity: 50 }, [], version(minor))).toBe(text)
  })

  it.each([
    ['more than its own request, of bytes', nodefs, 31, ['over', 'free']],
    ['≥1.32: init containers too', nodefs, 32, ['over', 'free', 'before']],
    ['none for inodes', inodes, 32, []],
  ])('offending container: %s', (_, threshold, minor, offending) => {
    expect(names(offendingContainers(threshold, uses, version(minor)))).toEqual(offending)
  })

  it('≥1.26 condition', () => {
    expect(disruptionCondition('why', version(25))).toBeUndefined()
    expect(disruptionCondition('why', version(26))).toEqual({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'TerminationByKubelet',
      message: 'why',
    })
  })

  it('event', () => {
    expect(evictionAnnotations(nodefs, offendingContainers(nodefs, uses, version(20)))).toEqual({
      offending_containers: 'over,free',
      offending_containers_usage: '2Gi,4Ki',
      starved_resource: 'ephemeral-storage',
    })
    expect(evictionAnnotations(inodes, [])).toEqual({
      offending_containers: '',
      offending_containers_usage: '',
      starved_resource: 'inodes',
    })
  })

  it('node condition', () => {
    const [under, free] = [diskPressureCondition(true), diskPressureCondition(false)]
    expect([under.status, under.reason, under.message]).toEqual([
      'True',
      'KubeletHasDiskPressure',
      'kubelet has disk pressure',
    ])
    expect([free.status, free.reason, free.message]).toEqual([
      'False',
      'KubeletHasNoDiskPressure',
      'kubelet has no disk pressure',
    ])
  })
})

it.each([
  [22, 'Pod '],
  [28, 'Pod was rejected: '],
])('1.%d: the head of a refusal (semantics §3.12)', (minor, head) => {
  expect(refusalHead(version(minor))).toBe(head)
})
