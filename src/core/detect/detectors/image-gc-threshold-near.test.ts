import { describe, expect, it } from 'vitest'
import { configuredNode, nodeView, sentences, twoDisks } from '../node-view.contract.ts'
import { imageGcThresholdNear } from './image-gc-threshold-near.ts'

describe('image-gc-threshold-near', () => {
  it('says how much less it takes', () => {
    expect(sentences(imageGcThresholdNear, nodeView([200]))).toEqual([
      '200 MB are available: 40 MB less, and image garbage collection (threshold 85 %) deletes idle images. Free space before that, or keep copies of images that no registry can give back.',
    ])
  })

  it('looks at the filesystem with the images', () => {
    expect(sentences(imageGcThresholdNear, twoDisks(200, 500))).toEqual([])
    expect(sentences(imageGcThresholdNear, twoDisks(500, 200))).toEqual([
      expect.stringContaining('200 MB are available on the image filesystem: 40 MB less'),
    ])
  })

  it.each([
    ['plenty', nodeView([211])],
    ['a threshold that is crossed', nodeView([159])],
    ['no readings', nodeView([])],
    ['collection that is off', configuredNode({ imageGCHighThresholdPercent: 100 })],
    ['a threshold that cannot be read', configuredNode({ imageGCHighThresholdPercent: 'high' })],
  ])('is quiet about %s', (_, view) => {
    expect(sentences(imageGcThresholdNear, view)).toEqual([])
  })
})
