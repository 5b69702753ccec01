import { describe, expect, it } from 'vitest'
import type { EvictionThreshold } from '../../../../core/kubelet/eviction/thresholds.ts'
import { pressureText, quantityText, refusalHead } from './eviction-words.ts'

const GIB = 2 ** 30
const version = (minor: number) => ({ minor, patch: 0 })
const nodefs: EvictionThreshold = {
  signal: 'nodefs.available',
  kind: 'hard',
  quantity: '1Gi',
  gracePeriod: 0,
}
const uses = [
  { name: 'over', usedBytes: 2 * GIB, request: '1Gi', requestBytes: GIB },
  { name: 'at', usedBytes: GIB, request: '1Gi', requestBytes: GIB },
  { name: 'free', usedBytes: 4096, request: '0', requestBytes: 0 },
]

describe('the pressure text (semantics §3.11)', () => {
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
  ])('%s', (_, minor, text) => {
    expect(pressureText(nodefs, GIB / 2, GIB, uses, version(minor))).toBe(text)
  })

  it.each([
    [25, 'The node was low on resource: inodes. '],
    [26, 'The node was low on resource: inodes. Threshold quantity: 50, available: 40. '],
  ])('1.%d: no container part for inodes', (minor, text) => {
    const threshold: EvictionThreshold = { ...nodefs, signal: 'nodefs.inodesFree' }
    expect(pressureText(threshold, 40, 50, uses, version(minor))).toBe(text)
  })
})

it.each([
  [22, 'Pod '],
  [28, 'Pod was rejected: '],
])('1.%d: the head of a refusal (semantics §3.12)', (minor, head) => {
  expect(refusalHead(version(minor))).toBe(head)
})

it.each([
  [0, '0'],
  [1000, '1000'],
  [1024, '1Ki'],
  [1536 * 1024, '1536Ki'],
  [3 * GIB, '3Gi'],
])('%d bytes are written as %s', (bytes, text) => expect(quantityText(bytes)).toBe(text))
