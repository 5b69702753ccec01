import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { crossedLevels, diskLevels } from './disk-levels.ts'

const size = { capacityBytes: 3_094_126_592, inodes: 196_608 }
const configuration = KubeletConfiguration.parse({
  evictionHard: {
    'imagefs.available': '12%',
    'nodefs.available': '10%',
    'nodefs.inodesFree': '5%',
    'memory.available': '100Mi',
  },
})

describe('diskLevels', () => {
  it('puts image GC and the eviction signals about disks in the order they are met', () => {
    expect(diskLevels(configuration, size, 'all').map(({ id, below }) => [id, below])).toEqual([
      ['image-gc', 495_060_255],
      ['imagefs.available', 371_295_182],
      ['nodefs.available', 309_412_663],
      ['nodefs.inodesFree', 9830],
    ])
  })

  it.each([
    ['kubelet-data', ['nodefs.available', 'nodefs.inodesFree']],
    ['images', ['image-gc', 'imagefs.available']],
  ] as const)('watches a filesystem with %s for what is there', (holds, ids) => {
    expect(diskLevels(configuration, size, holds).map(({ id }) => id)).toEqual(ids)
  })

  it('has no image GC at a high threshold of 100, and no level for 0 % (semantics §1.1, §3.2)', () => {
    const off = KubeletConfiguration.parse({
      imageGCHighThresholdPercent: 100,
      evictionHard: { 'nodefs.available': '0%' },
    })
    expect(diskLevels(off, size, 'all')).toEqual([])
  })

  it('has no image GC at a threshold that cannot be read', () => {
    const unreadable = KubeletConfiguration.parse({ imageGCHighThresholdPercent: 250 })
    expect(diskLevels(unreadable, size, 'all')).toEqual([])
  })

  it('is met below the level and not at it', () => {
    const levels = diskLevels(configuration, size, 'all')
    const at = (availableBytes: number) =>
      crossedLevels(levels, { availableBytes, inodesFree: 9830 }).map(({ id }) => id)
    expect(at(371_295_182)).toEqual(['image-gc'])
    expect(at(371_295_181)).toEqual(['image-gc', 'imagefs.available'])
  })
})
