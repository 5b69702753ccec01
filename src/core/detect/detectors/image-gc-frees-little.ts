import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { imageGcLevel, levelOf, nodeSettings } from '../threshold-settings.ts'

/**
 * Low and high threshold so close that a collection stops where it starts: it starts below `101 − high`
 * percent and stops at `100 − low` (semantics §1.4, all versions).
 */
export const imageGcFreesLittle = defineDetector({
  id: 'image-gc-frees-little',
  reason: 'ImageGCFreesLittle',
  severity: 'info',
  summary: 'The thresholds of image garbage collection are so close that a pass frees next to nothing.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    const starts = settings && imageGcLevel(settings)
    if (!starts || isUnreadable(settings.configuration, 'imageGCLowThresholdPercent')) return []
    const { imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low } = settings.configuration
    if (low >= high || high - low >= ENOUGH_PERCENT || high <= 5) return []
    const stops = levelOf(settings.sizes, 'imagefs.available', `${100 - low}%`)
    return [message('finding.image-gc-frees-little', { starts, stops, low, suggestedLow: high - 5 })]
  },
})

/** The defaults, 85 and 80, free four percent at least. */
const ENOUGH_PERCENT = 3
