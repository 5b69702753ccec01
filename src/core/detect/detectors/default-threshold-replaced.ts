import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { defaultsOff } from '../switched-off-defaults.ts'
import { firstMet, isMetNoLater, levelOf, nodeSettings } from '../threshold-settings.ts'

/**
 * A default hard threshold about space is not in force, and another one on the same disk is met later than it
 * would be (semantics §3.2, all versions).
 */
export const defaultThresholdReplaced = defineDetector({
  id: 'default-threshold-replaced',
  reason: 'DefaultThresholdReplaced',
  severity: 'info',
  summary: 'A default eviction threshold is switched off, and eviction starts later than by default.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (settings?.isSingleFilesystem !== true) return []
    const hard = settings.thresholds.filter(({ kind, unit }) => kind === 'hard' && unit === 'bytes')
    const now = firstMet(hard)
    if (!now) return []
    const { off, canMerge } = defaultsOff(settings)
    const later = off
      .map(({ signal, setting }) => ({ signal, ...levelOf(settings.sizes, signal, setting) }))
      .filter((level) => level.unit === 'bytes' && isMetNoLater(now, level) === false)
    const byDefault = firstMet(later)
    if (!byDefault) return []
    return [
      message('finding.default-threshold-replaced', {
        thresholds: [`${byDefault.signal} < ${byDefault.setting}`],
        canMerge,
        signal: now.signal,
        now,
        byDefault,
      }),
    ]
  },
})
