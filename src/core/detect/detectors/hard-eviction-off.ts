import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { nodeSettings } from '../threshold-settings.ts'

/**
 * No hard threshold about disk space: a user's map replaces the defaults whole, and `0%` and `100%` mean none
 * (semantics §3.2, all versions).
 */
export const hardEvictionOff = defineDetector({
  id: 'hard-eviction-off',
  reason: 'HardEvictionOff',
  severity: 'warning',
  summary: 'No hard eviction threshold for disk space is in force: the disk can fill to its last byte.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings || isUnreadable(settings.configuration, 'evictionHard')) return []
    const kinds = settings.thresholds.filter(({ unit }) => unit === 'bytes').map(({ kind }) => kind)
    if (kinds.includes('hard')) return []
    const capacityBytes = settings.sizes['nodefs.available']
    return [
      message('finding.hard-eviction-off', {
        ...(capacityBytes === undefined ? {} : { capacityBytes }),
        hasSoft: kinds.includes('soft'),
      }),
    ]
  },
})
