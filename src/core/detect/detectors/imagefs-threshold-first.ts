import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { imageGcLevel, isMetNoLater, nodeSettings } from '../threshold-settings.ts'

/**
 * On a single filesystem both signals watch one disk, so that the higher threshold wins: with the defaults
 * DiskPressure starts at 15 % free and not at 10 % (semantics §3.2, all versions).
 */
export const imagefsThresholdFirst = defineDetector({
  id: 'imagefs-threshold-first',
  reason: 'ImageFilesystemThresholdFirst',
  severity: 'info',
  summary: 'Images share the disk of the kubelet, and imagefs.available is met before nodefs.available.',
  options: z.strictObject({}),

  detect(view) {
    const settings = nodeSettings(view)
    if (settings?.isSingleFilesystem !== true) return []
    const hard = settings.thresholds.filter(({ kind }) => kind === 'hard')
    const imagefs = hard.find(({ signal }) => signal === 'imagefs.available')
    const nodefs = hard.find(({ signal }) => signal === 'nodefs.available')
    if (!imagefs || !nodefs || isMetNoLater(nodefs, imagefs) !== false) return []
    const imageGc = imageGcLevel(settings)
    // That eviction comes before collection is a finding of its own.
    if (imageGc && isMetNoLater(imagefs, imageGc) !== false) return []
    return [message('finding.imagefs-threshold-first', { imagefs, nodefs, ...(imageGc ? { imageGc } : {}) })]
  },
})
