import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { message } from '../../messages/message.ts'
import { parseDuration } from '../../units/duration.ts'
import { defineDetector } from '../detector.ts'
import { firstMet, nodeSettings } from '../threshold-settings.ts'

/**
 * DiskPressure is taken back at the first pass for which the transition period is over, and passes are ten
 * seconds apart (semantics §0.2, §3.6 step 9, all versions); a pass that evicts waits up to 30 s for what that
 * frees (step 19), so that a shorter period ends before its own evictions show. Zero means the default.
 */
export const pressureTransitionTooShort = defineDetector({
  id: 'pressure-transition-too-short',
  reason: 'PressureTransitionTooShort',
  severity: 'warning',
  summary:
    'DiskPressure is taken back within 30 s: condition and taint come and go while space hovers at a threshold.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings || settings.thresholds.length === 0) return []
    const { configuration, thresholds } = settings
    if (isUnreadable(configuration, 'evictionPressureTransitionPeriod')) return []
    const period = parseDuration(configuration.evictionPressureTransitionPeriod) ?? 0
    if (period <= 0 || period >= SHORTEST) return []
    const level = firstMet(thresholds.filter(({ unit }) => unit === 'bytes'))
    return [
      message('finding.pressure-transition-too-short', {
        period: configuration.evictionPressureTransitionPeriod,
        passes: Math.ceil(period / PASS),
        ...(level ? { level } : {}),
      }),
    ]
  },
})

const PASS = 10_000
/** As long as the eviction manager waits for what an eviction frees. */
const SHORTEST = 30_000
