import { z } from 'zod'
import { crossedLevels } from '../../kubelet/disk-levels.ts'
import { message } from '../../messages/message.ts'
import { latestReading } from '../../observe/plausible-readings.ts'
import { defineDetector } from '../detector.ts'
import { levelsOf } from '../disk-shortage.ts'

/** Less is available than an eviction threshold asks for: within ten seconds the kubelet deletes every idle image, then evicts pods. */
export const evictionThresholdCrossed = defineDetector({
  id: 'eviction-threshold-crossed',
  reason: 'EvictionThresholdCrossed',
  severity: 'critical',
  summary: 'The disk is below an eviction threshold: the kubelet deletes every idle image, then evicts pods.',
  options: z.strictObject({}),

  detect(view) {
    const latest = latestReading(view.readings)
    if (!latest) return []
    return crossedLevels(levelsOf(view), latest)
      .filter(({ kind }) => kind !== 'image-gc')
      .map(({ id, kind, unit, below, setting }) =>
        message('finding.eviction-threshold-crossed', {
          signal: id,
          isSoft: kind === 'soft',
          setting,
          unit,
          below,
          available: unit === 'bytes' ? latest.availableBytes : latest.inodesFree,
        }),
      )
  },
})
