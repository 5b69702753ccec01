import { describe, expect, it } from 'vitest'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
import { runDetector } from '../detector.ts'
import { nodeView, sentences, twoDisks } from '../node-view.contract.ts'
import { imageGcThresholdCrossed } from './image-gc-threshold-crossed.ts'

describe('image-gc-threshold-crossed', () => {
  it('is quiet at 16 % available, for the kubelet counts that as 84 % used', () => {
    expect(runDetector(imageGcThresholdCrossed, nodeView([160]))).toEqual([])
  })

  it('says what the next collection wants', () => {
    expect(runDetector(imageGcThresholdCrossed, nodeView([159]))).toMatchObject([
      {
        reason: 'ImageGCThresholdCrossed',
        message: { params: { usedPercent: 85, highThresholdPercent: 85, bytesToFree: 41_000_000 } },
      },
    ])
  })

  it.each([90, 'eighty'])('names no bytes for a low threshold of %j', (imageGCLowThresholdPercent) => {
    const value = KubeletConfiguration.parse({ imageGCLowThresholdPercent })
    const view = nodeView([140], { kubeletConfiguration: { value, source: 'test', observedAt: 0 } })
    const [found] = runDetector(imageGcThresholdCrossed, view)
    expect(found?.message.params).toEqual({ usedPercent: 86, highThresholdPercent: 85 })
  })

  it('looks at the filesystem with the images', () => {
    expect(sentences(imageGcThresholdCrossed, twoDisks(50, 500))).toEqual([])
    expect(sentences(imageGcThresholdCrossed, twoDisks(500, 50))).toEqual([
      'The image filesystem is 95 % used as image garbage collection counts it (threshold 85 %): its next pass, at most five minutes away, deletes idle images to free 150 MB.',
    ])
  })

  it('is quiet without readings', () => {
    expect(runDetector(imageGcThresholdCrossed, nodeView([]))).toEqual([])
  })
})
