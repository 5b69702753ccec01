import { z } from 'zod'
import { parseKubeletVersion } from '../../kubelet/kubelet-version.ts'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineDetector } from '../detector.ts'

/** The kubelet's version says no 1.x: then no rule that differs by version may be assumed (semantics §0.1). */
export const kubeletVersionUnknown = defineDetector({
  id: 'kubelet-version-unknown',
  reason: 'KubeletVersionUnknown',
  severity: 'warning',
  summary: 'The version of the kubelet cannot be read: rules that differ by version are not applied.',
  options: z.strictObject({}),

  detect({ kubeletVersion }) {
    if (kubeletVersion === undefined || parseKubeletVersion(kubeletVersion)) return []
    return [message('finding.kubelet-version-unknown', { version: shown(kubeletVersion, 60) })]
  },
})
