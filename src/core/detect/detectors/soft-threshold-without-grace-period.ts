import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { evictionThresholdQuantity } from '../../kubelet/eviction-threshold.ts'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'

/** A soft threshold without a grace period: the kubelet refuses to start (semantics §3.2, all versions). */
export const softThresholdWithoutGracePeriod = defineDetector({
  id: 'soft-threshold-without-grace-period',
  reason: 'SoftThresholdWithoutGracePeriod',
  severity: 'warning',
  summary: 'A soft eviction threshold has no grace period: a kubelet refuses to start.',
  options: z.strictObject({}),

  detect({ kubeletConfiguration }) {
    const configuration = kubeletConfiguration?.value
    if (!configuration || isUnreadable(configuration, 'evictionSoftGracePeriod')) return []
    const { evictionSoft, evictionSoftGracePeriod: grace = {} } = configuration
    const signals = Object.entries(evictionSoft)
      .filter(([signal, setting]) => isThreshold(setting) && grace[signal] === undefined)
      .map(([signal]) => signal)
    return signals.length === 0 ? [] : [message('finding.soft-threshold-without-grace-period', { signals })]
  },
})

/** Not so `0%` and `100%`, which mean none. */
const isThreshold = (setting: string) =>
  evictionThresholdQuantity(setting, Number.MAX_SAFE_INTEGER) !== undefined
