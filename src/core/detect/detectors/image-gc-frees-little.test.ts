import { describe, expect, it } from 'vitest'
import { configuredNode, dedicatedImages, sentences } from '../node-view.contract.ts'
import { imageGcFreesLittle } from './image-gc-frees-little.ts'

describe('image-gc-frees-little', () => {
  const at = (low: unknown, more = {}) =>
    sentences(imageGcFreesLittle, configuredNode({ imageGCLowThresholdPercent: low }, more))

  it('says where it starts and stops', () => {
    expect(at(84)).toEqual([
      'Image garbage collection starts below 16 % free (160 MB) and stops at 16 % free (160 MB): it frees next to nothing, and soon starts again. Set imageGCLowThresholdPercent to 80 instead of 84.',
    ])
    expect(at(83, dedicatedImages)).toEqual([expect.stringContaining('16 % free and stops at 17 % free:')])
  })

  it.each([82, 80, 85, 90, 'much'])('is quiet at a low threshold of %j', (low) => {
    expect(at(low)).toEqual([])
  })
})
