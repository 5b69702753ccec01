import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import { imageGcBytesToFree, imageGcUsagePercent } from '../../kubelet/image-gc-threshold.ts'
import { message } from '../../messages/message.ts'
import { latestReading } from '../../observe/plausible-readings.ts'
import { defineDetector } from '../detector.ts'
import { levelsOf } from '../disk-shortage.ts'

/** So little is available that the kubelet's next image garbage collection, every five minutes, deletes idle images. */
export const imageGcThresholdCrossed = defineDetector({
  id: 'image-gc-threshold-crossed',
  reason: 'ImageGCThresholdCrossed',
  severity: 'warning',
  summary:
    'The disk is over the high threshold of image garbage collection: the next pass deletes idle images.',
  options: z.strictObject({}),

  detect(view) {
    const latest = latestReading(view.readings)
    const configuration = view.kubeletConfiguration?.value
    if (!latest || !configuration) return []
    const level = crossedLevels(levelsOf(view), latest).find(({ kind }) => kind === 'image-gc')
    const usedPercent = imageGcUsagePercent(latest)
    if (!level || usedPercent === undefined) return []
    const bytesToFree = imageGcBytesToFree(latest, configuration.imageGCLowThresholdPercent)
    // A low threshold above the high one asks for nothing: the pass then removes a single image (semantics §1.8).
    const asks = bytesToFree > 0 && !isUnreadable(configuration, 'imageGCLowThresholdPercent')
    return [
      message('finding.image-gc-threshold-crossed', {
        usedPercent,
        highThresholdPercent: configuration.imageGCHighThresholdPercent,
        ...(asks ? { bytesToFree } : {}),
      }),
    ]
  },
})
