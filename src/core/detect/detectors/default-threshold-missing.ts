import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { defaultsOff } from '../switched-off-defaults.ts'
import { nodeSettings, unitOf } from '../threshold-settings.ts'

/**
 * A default hard threshold of this version is not in force, and no other one watches the same (semantics §3.2;
 * `imagefs.inodesFree` from 1.30 on, merging from 1.33 on).
 */
export const defaultThresholdMissing = defineDetector({
  id: 'default-threshold-missing',
  reason: 'DefaultThresholdMissing',
  severity: 'warning',
  summary: 'A default eviction threshold is switched off, and nothing watches in its place.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings) return []
    const hasSpace = settings.thresholds.some(({ kind, unit }) => kind === 'hard' && unit === 'bytes')
    const { off, canMerge } = defaultsOff(settings)
    // Where nothing watches the space at all, that is a finding of its own.
    const missing = off.filter(
      ({ signal, isCovered }) => !isCovered && (hasSpace || unitOf(signal) === 'inodes'),
    )
    if (missing.length === 0) return []
    const units = new Set(missing.map(({ signal }) => unitOf(signal)))
    return [
      message('finding.default-threshold-missing', {
        thresholds: missing.map(({ signal, setting }) => `${signal} < ${setting}`),
        canMerge,
        runsOut: [...units].map((unit) => (unit === 'bytes' ? 'space' : 'inodes')),
      }),
    ]
  },
})
