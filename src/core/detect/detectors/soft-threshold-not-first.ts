import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { firstMet, isMetNoLater, nodeSettings } from '../threshold-settings.ts'

/**
 * A soft threshold that is met no earlier than a hard one about the same: the hard one acts at once (semantics
 * §3.2, §3.6, all versions).
 */
export const softThresholdNotFirst = defineDetector({
  id: 'soft-threshold-not-first',
  reason: 'SoftThresholdNotFirst',
  severity: 'warning',
  summary: 'A soft eviction threshold is not above a hard one about the same, so it never acts.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings) return []
    const { thresholds, isSingleFilesystem } = settings
    return thresholds
      .filter(({ kind }) => kind === 'soft')
      .flatMap((soft) => {
        const hard = thresholds.filter(
          ({ kind, unit, signal }) =>
            kind === 'hard' && unit === soft.unit && (signal === soft.signal || isSingleFilesystem === true),
        )
        const before = firstMet(hard.filter((threshold) => isMetNoLater(threshold, soft) === true))
        if (!before) return []
        const { signal } = soft
        const hardSignal = before.signal
        return [message('finding.soft-threshold-not-first', { signal, soft, hardSignal, hard: before })]
      })
  },
})
