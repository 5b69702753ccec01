import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import { imageGcBytesToFree, imageGcUsagePercent } from '../../kubelet/image-gc-threshold.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { ofTwo } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** So little is available that the kubelet's next image garbage collection, every five minutes, deletes idle images. */
export const imageGcThresholdCrossed = defineDetector({
  id: 'image-gc-threshold-crossed',
  reason: 'ImageGCThresholdCrossed',
  severity: 'warning',
  summary:
    'The disk is over the high threshold of image garbage collection: the next pass deletes idle images.',
  options: z.strictObject({}),

  detect(view) {
    const configuration = view.kubeletConfiguration?.value
    if (!configuration) return []
    return watchedFilesystems(view).flatMap(({ holds, latest, levels }) => {
      const level = crossedLevels(levels, latest).find(({ kind }) => kind === 'image-gc')
      const usedPercent = imageGcUsagePercent(latest)
      if (!level || usedPercent === undefined) return []
      const bytesToFree = imageGcBytesToFree(latest, configuration.imageGCLowThresholdPercent)
      // A low threshold above the high one asks for nothing: the pass then removes a single image (semantics §1.8).
      const asks = bytesToFree > 0 && !isUnreadable(configuration, 'imageGCLowThresholdPercent')
      return [
        message('finding.image-gc-threshold-crossed', {
          ...ofTwo(holds),
          usedPercent,
          highThresholdPercent: configuration.imageGCHighThresholdPercent,
          ...(asks ? { bytesToFree } : {}),
        }),
      ]
    })
  },
})
