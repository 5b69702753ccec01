import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'

/** The low threshold is not below the high one: the configuration's validation refuses that (semantics §1.1, all versions). */
export const imageGcThresholdsReversed = defineDetector({
  id: 'image-gc-thresholds-reversed',
  reason: 'ImageGCThresholdsReversed',
  severity: 'warning',
  summary:
    'The low threshold of image garbage collection is not below the high one: a kubelet refuses to start.',
  options: z.strictObject({}),

  detect({ kubeletConfiguration }) {
    const configuration = kubeletConfiguration?.value
    if (!configuration) return []
    if (isUnreadable(configuration, 'imageGCHighThresholdPercent')) return []
    if (isUnreadable(configuration, 'imageGCLowThresholdPercent')) return []
    const { imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low } = configuration
    if (low < high) return []
    const suggestedHigh = high > 10 ? high : 85
    return [
      message('finding.image-gc-thresholds-reversed', {
        low,
        high,
        suggestedHigh,
        suggestedLow: suggestedHigh - 5,
      }),
    ]
  },
})
