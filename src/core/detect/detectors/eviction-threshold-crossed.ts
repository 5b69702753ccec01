import { z } from 'zod'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { evictionLevels, thresholdWords } from '../threshold-words.ts'
import { watchedFilesystems } from '../watched-filesystems.ts'

/** Less is available than an eviction threshold asks for: within ten seconds the kubelet deletes idle images, then evicts pods. */
export const evictionThresholdCrossed = defineDetector({
  id: 'eviction-threshold-crossed',
  reason: 'EvictionThresholdCrossed',
  severity: 'critical',
  summary: 'A disk is below an eviction threshold: the kubelet deletes every idle image, then evicts pods.',
  options: z.strictObject({}),

  detect(view) {
    return watchedFilesystems(view).flatMap((filesystem) =>
      crossedLevels(evictionLevels(filesystem), filesystem.latest).map((level) =>
        message('finding.eviction-threshold-crossed', thresholdWords(level, filesystem)),
      ),
    )
  },
})
