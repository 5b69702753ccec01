import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { pauseImageState } from '../pause-image-state.ts'

/** Up to 1.28 without pins, and whether the kubelet's flag names the runtime's pause image is not known (semantics §1.5). */
export const pauseImageProtectionUnknown = defineDetector({
  id: 'pause-image-protection-unknown',
  reason: 'PauseImageProtectionUnknown',
  severity: 'info',
  summary: 'Whether the kubelet keeps the pause image that the runtime uses is not known.',
  options: z.strictObject({}),

  detect(view) {
    const found = pauseImageState(view)
    if (found?.state !== 'not-known') return []
    const { kubeletVersion, flag, images } = found
    return [
      message('finding.pause-image-protection-unknown', {
        kubeletVersion,
        ...(flag === undefined ? {} : { flag }),
        images,
      }),
    ]
  },
})
