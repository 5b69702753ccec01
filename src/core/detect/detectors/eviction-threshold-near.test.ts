import { describe, expect, it } from 'vitest'
import { nodeView, sentences, twoDisks } from '../node-view.contract.ts'
import { evictionThresholdNear } from './eviction-threshold-near.ts'

describe('eviction-threshold-near', () => {
  it('says how much less it takes, and what follows', () => {
    expect(sentences(evictionThresholdNear, nodeView([180]))).toEqual([
      '180 MB are available: 30 MB less, and the hard eviction threshold imagefs.available < 15% (150 MB) is met; then the kubelet deletes every idle image, and if that is not enough it evicts pods. Free space before that, or find what grows.',
    ])
  })

  it.each([
    ['plenty', nodeView([201])],
    ['a threshold that is crossed', nodeView([149])],
    ['no readings', nodeView([])],
    ['unknown settings', { ...nodeView([180]), kubeletConfiguration: undefined as never }],
    ['the other disk', twoDisks(180, 500)],
  ])('is quiet about %s', (_, view) => {
    expect(sentences(evictionThresholdNear, view)).toEqual([])
  })

  it('sees inodes run short, and says how to find them', () => {
    const view = nodeView([500])
    const readings = view.readings.map((reading) => ({ ...reading, inodesFree: 90 }))
    expect(sentences(evictionThresholdNear, { ...view, readings })).toEqual([
      '90 inodes are available: 40 inodes less, and the hard eviction threshold nodefs.inodesFree < 5% (50 inodes) is met; then the kubelet deletes every idle image, and if that is not enough it evicts pods. Find where the many files are: `du --inodes -x -d 3 / | sort -n | tail -n 20`.',
    ])
  })

  it('looks at each of two disks for its own thresholds', () => {
    expect(sentences(evictionThresholdNear, twoDisks(120, 160))).toEqual([
      expect.stringContaining("on the filesystem of the kubelet's data: 20 MB less"),
      expect.stringContaining('on the image filesystem: 10 MB less'),
    ])
  })
})
