import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { evictionLevels, isNear, thresholdWords } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** A little less, and an eviction threshold is met: said while there is time, also where nothing is known of growth. */
export const evictionThresholdNear = defineDetector({
  id: 'eviction-threshold-near',
  reason: 'EvictionThresholdNear',
  severity: 'warning',
  summary: 'A disk is within a few percent of an eviction threshold.',
  options: z.strictObject({
    /** Percent of the capacity, or of the inodes. */
    marginPercent: z.number().min(0).max(50).default(5),
  }),

  detect(view, { marginPercent }) {
    return watchedFilesystems(view).flatMap((filesystem) => {
      const levels = evictionLevels(filesystem)
      // Of several about the same the one that is met first.
      const first = (['bytes', 'inodes'] as const).flatMap(
        (unit) => levels.find((level) => level.unit === unit) ?? [],
      )
      return first
        .filter((level) => isNear(level, filesystem.latest, marginPercent))
        .map((level) => message('finding.eviction-threshold-near', thresholdWords(level, filesystem)))
    })
  },
})
