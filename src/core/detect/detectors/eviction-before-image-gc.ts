import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import {
  filesystemOf,
  firstMet,
  imageGcLevel,
  isMetNoLater,
  nodeSettings,
  percentOf,
  type NodeSettings,
  type SetThreshold,
} from '../threshold-settings.ts'

/**
 * An eviction threshold at or above the level of periodic image collection: the eviction manager looks every
 * ten seconds, the collection every five minutes, and what an eviction deletes ignores the collection's
 * thresholds (semantics §0.2, §1.4, §1.10, all versions).
 */
export const evictionBeforeImageGc = defineDetector({
  id: 'eviction-before-image-gc',
  reason: 'EvictionBeforeImageGC',
  severity: 'warning',
  summary:
    'An eviction threshold is met no later than that of image garbage collection: every idle image goes at once.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    const imageGc = settings && imageGcLevel(settings)
    if (!settings || !imageGc) return []
    const early = settings.thresholds.filter(
      (threshold) =>
        deletesImages(threshold, settings) &&
        threshold.gracePeriod < IMAGE_GC_PERIOD &&
        isMetNoLater(threshold, imageGc) === true,
    )
    const eviction = firstMet(early) ?? early[0]
    if (!eviction) return []
    const highest = highestUsefulPercent(eviction, settings)
    return [
      message('finding.eviction-before-image-gc', {
        signal: eviction.signal,
        isSoft: eviction.kind === 'soft',
        eviction,
        imageGc,
        ...(highest === undefined ? {} : { highestUsefulPercent: highest }),
      }),
    ]
  },
})

const IMAGE_GC_PERIOD = 300_000

/** Whether a threshold watches the space of the filesystem with the images. */
function deletesImages({ signal, unit }: SetThreshold, { isSingleFilesystem }: NodeSettings): boolean {
  return unit === 'bytes' && (filesystemOf(signal) === 'imagefs' || isSingleFilesystem === true)
}

/** The highest high threshold, from 2 on, at which collection still starts before this eviction. */
function highestUsefulPercent(
  { setting, signal, below }: SetThreshold,
  { sizes }: NodeSettings,
): number | undefined {
  const size = sizes[signal]
  const ofSize = below !== undefined && size !== undefined ? (below * 100) / size : undefined
  const share = percentOf(setting) ?? ofSize
  const percent = share === undefined ? undefined : Math.ceil(101 - share) - 1
  return percent !== undefined && percent >= 2 && percent <= 99 ? percent : undefined
}
