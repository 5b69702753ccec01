import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { imageGcThresholdsReversed } from './image-gc-thresholds-reversed.ts'

describe('image-gc-thresholds-reversed', () => {
  const at = (high: unknown, low: unknown) =>
    sentences(
      imageGcThresholdsReversed,
      configuredNode({ imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low }),
    )

  it('says that a restart fails, and what a pass does until then', () => {
    expect(at(85, 85)).toEqual([
      'imageGCLowThresholdPercent 85 is not below imageGCHighThresholdPercent 85: a kubelet refuses to start with that, so that this one would not come back from a restart; until less than 15 % is free, a collection removes a single image. Set imageGCHighThresholdPercent to 85 and imageGCLowThresholdPercent to 80.',
    ])
  })

  it('proposes thresholds that can be', () => {
    expect(at(0, 0)).toEqual([expect.stringContaining('to 85 and imageGCLowThresholdPercent to 80')])
    expect(at(100, 100)).toEqual([expect.stringContaining('to 100 and imageGCLowThresholdPercent to 95')])
  })

  it.each([
    [85, 84],
    [70, 'eighty'],
    [250, 90],
  ])('is quiet about %j and %j', (high, low) => expect(at(high, low)).toEqual([]))
})
