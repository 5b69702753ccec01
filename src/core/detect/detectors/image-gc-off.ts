import { z } from 'zod'
import { isUnreadable } from '../../kubernetes/kubelet-configuration.ts'
import { isAtLeast } from '../../kubelet/kubelet-version.ts'
import { message } from '../../messages/message.ts'
import { parseDuration } from '../../units/duration.ts'
import { defineDetector } from '../detector.ts'
import { filesystemOf, firstMet, nodeSettings } from '../threshold-settings.ts'

/**
 * A high threshold of 100 starts no periodic collection, and in 1.29 none by age either; eviction-driven
 * deletion goes on (semantics §1.1).
 */
export const imageGcOff = defineDetector({
  id: 'image-gc-off',
  reason: 'ImageGCOff',
  severity: 'info',
  summary:
    'Image garbage collection by disk usage is off: idle images stay until an eviction deletes all of them.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (!settings) return []
    const { configuration, version, thresholds, isSingleFilesystem } = settings
    const isKnown = !isUnreadable(configuration, 'imageGCHighThresholdPercent')
    if (!isKnown || configuration.imageGCHighThresholdPercent !== 100) return []
    const eviction = firstMet(
      thresholds.filter(
        ({ signal, unit }) =>
          unit === 'bytes' && (filesystemOf(signal) === 'imagefs' || isSingleFilesystem === true),
      ),
    )
    const age = configuration.imageMaximumGCAge
    const hasAge = age !== undefined && (parseDuration(age) ?? 0) > 0 && version && isAtLeast(version, 29)
    return [
      message('finding.image-gc-off', {
        ...(eviction ? { eviction } : {}),
        ...(hasAge ? { maximumAge: age } : {}),
        maximumAgeActs: version !== undefined && isAtLeast(version, 30),
      }),
    ]
  },
})
