import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { isNear, ofTwo } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** A little less, and image garbage collection starts (semantics §1.4): said while images can still be saved. */
export const imageGcThresholdNear = defineDetector({
  id: 'image-gc-threshold-near',
  reason: 'ImageGCThresholdNear',
  severity: 'warning',
  summary: 'The disk is within a few percent of the high threshold of image garbage collection.',
  options: z.strictObject({
    /** Percent of the capacity. */
    marginPercent: z.number().min(0).max(50).default(5),
  }),

  detect(view, { marginPercent }) {
    const highThresholdPercent = view.kubeletConfiguration?.value.imageGCHighThresholdPercent
    if (highThresholdPercent === undefined) return []
    return watchedFilesystems(view).flatMap(({ holds, latest, levels }) =>
      levels
        .filter((level) => level.kind === 'image-gc' && isNear(level, latest, marginPercent))
        .map(({ below }) =>
          message('finding.image-gc-threshold-near', {
            ...ofTwo(holds),
            highThresholdPercent,
            available: latest.availableBytes,
            below,
          }),
        ),
    )
  },
})
