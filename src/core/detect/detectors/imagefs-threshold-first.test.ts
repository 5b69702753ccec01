import { describe, expect, it } from 'vitest'
import { configuredNode, dedicatedImages, DEFAULT_HARD, sentences } from '../node-view.contract.ts'
import { imagefsThresholdFirst } from './imagefs-threshold-first.ts'

describe('imagefs-threshold-first', () => {
  const hard = (imagefs: string) => ({ evictionHard: { ...DEFAULT_HARD, 'imagefs.available': imagefs } })

  it('says what the defaults come to on one disk', () => {
    expect(sentences(imagefsThresholdFirst, configuredNode(hard('15%')))).toEqual([
      "Images and the kubelet's data share this disk, so DiskPressure starts at 15 % free (150 MB), not at 10 % free (100 MB): imagefs.available is met before nodefs.available. Image garbage collection starts before it, below 16 % free (160 MB). If it is to start later, set imagefs.available to 10% in evictionHard.",
    ])
  })

  it.each([
    ['equal thresholds', hard('10%'), {}],
    ['images on a disk of their own', hard('15%'), dedicatedImages],
    ['a layout that is not known', hard('15%'), { summaries: [] }],
    ['eviction before collection, which is worse', hard('16%'), {}],
    ['no threshold to compare with', { evictionHard: { 'imagefs.available': '15%' } }, {}],
  ])('is quiet about %s', (_, configuration, more) => {
    expect(sentences(imagefsThresholdFirst, configuredNode(configuration, more))).toEqual([])
  })
})
