import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineDetector } from '../detector.ts'

/**
 * Nothing can be written where kubelet, runtime or logs keep their things: mostly the kernel's answer to an error of the
 * disk (`errors=remount-ro`). No eviction frees anything then, and the figures of the disk look as good as before.
 */
export const filesystemReadOnly = defineDetector({
  id: 'filesystem-read-only',
  reason: 'FilesystemReadOnly',
  severity: 'critical',
  summary: 'A filesystem that kubelet, runtime or logs are on is read-only.',
  options: z.strictObject({}),

  detect({ readOnlyDisks }) {
    return (readOnlyDisks?.value ?? []).map(({ mountPoint, keeps }) =>
      message('finding.filesystem-read-only', {
        mountPoint: shown(mountPoint, 300),
        kubelet: keeps.includes('kubelet'),
        runtime: keeps.includes('runtime'),
        logs: keeps.includes('logs'),
      }),
    )
  },
})
