import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { defineDetector } from '../detector.ts'

/** Fields of the configuration hold what no kubelet takes; they count as not set. */
export const kubeletConfigurationUnreadable = defineDetector({
  id: 'kubelet-configuration-unreadable',
  reason: 'KubeletConfigurationUnreadable',
  severity: 'warning',
  summary: 'The configuration of the kubelet has values that no kubelet takes; they count as not set.',
  options: z.strictObject({}),

  detect({ kubeletConfiguration }) {
    const problems = kubeletConfiguration?.value.problems ?? []
    return problems.length === 0 ? [] : [message('finding.kubelet-configuration-unreadable', { problems })]
  },
})
