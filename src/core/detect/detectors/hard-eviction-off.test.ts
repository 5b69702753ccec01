import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, sentences } from '../node-view.contract.ts'
import { hardEvictionOff } from './hard-eviction-off.ts'

describe('hard-eviction-off', () => {
  it('says what fills, and what to set', () => {
    expect(
      sentences(hardEvictionOff, configuredNode({ evictionHard: { 'memory.available': '100Mi' } })),
    ).toEqual([
      'No hard eviction threshold for disk space is in force: the disk can fill to its last byte (1.00 GB), and then the kubelet, the container runtime and every pod that writes fail together. Set nodefs.available to 10% and imagefs.available to 15% in evictionHard.',
    ])
  })

  it.each([
    ['absent', {}],
    ['0%, as kind sets it', { evictionHard: { 'nodefs.available': '0%', 'imagefs.available': '0%' } }],
    ['100%', { evictionHard: { 'nodefs.available': '100%', 'nodefs.inodesFree': '5%' } }],
    ['soft only', { evictionSoft: { 'nodefs.available': '10%' } }],
  ])('sees %s', (_, configuration) => {
    expect(sentences(hardEvictionOff, configuredNode(configuration))).toHaveLength(1)
  })

  it('is quiet where one is in force, merged, or not readable', () => {
    expect(sentences(hardEvictionOff, configuredNode({ evictionHard: DEFAULT_HARD }))).toEqual([])
    expect(
      sentences(hardEvictionOff, configuredNode({ evictionHard: { 'nodefs.available': 'ten' } })),
    ).toEqual([])
    const merged = configuredNode({ mergeDefaultEvictionSettings: true }, { kubeletVersion: 'v1.33.1' })
    expect(sentences(hardEvictionOff, merged)).toEqual([])
  })
})
