import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { DISK_SIGNALS } from '../../kubelet/eviction-threshold.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { nodeSettings } from '../threshold-settings.ts'

/** A minimum reclaim of a signal without a threshold in force does nothing (semantics §3.2, all versions). */
export const minimumReclaimUnused = defineDetector({
  id: 'minimum-reclaim-unused',
  reason: 'MinimumReclaimUnused',
  severity: 'info',
  summary: 'A minimum reclaim belongs to no threshold that is in force.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings) return []
    const { configuration, thresholds } = settings
    if (isUnreadable(configuration, 'evictionHard') || isUnreadable(configuration, 'evictionSoft')) return []
    const signals = DISK_SIGNALS.filter(
      (signal) =>
        configuration.evictionMinimumReclaim?.[signal] !== undefined &&
        !thresholds.some((threshold) => threshold.signal === signal),
    )
    return signals.length === 0 ? [] : [message('finding.minimum-reclaim-unused', { signals })]
  },
})
