import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'
import { pauseImageState } from '../pause-image-state.ts'

/**
 * Nothing keeps the pause image from being deleted as idle (semantics §1.5, §5.5): up to 1.28 the kubelet keeps
 * only what its flag names, from 1.29 on only what the runtime pins, which containerd does from 1.6.22 and 1.7.3.
 */
export const pauseImageUnprotected = defineDetector({
  id: 'pause-image-unprotected',
  reason: 'PauseImageUnprotected',
  severity: 'warning',
  summary: 'Nothing keeps the pause image from being deleted as idle; without it no pod can start.',
  options: z.strictObject({}),

  detect(view) {
    const found = pauseImageState(view)
    if (found?.state !== 'unpinned' && found?.state !== 'other-than-flag') return []
    const { state, ...known } = found
    const why = state === 'unpinned' ? 'no-pin' : 'other-image'
    return [message('finding.pause-image-unprotected', { why, ...known })]
  },
})
