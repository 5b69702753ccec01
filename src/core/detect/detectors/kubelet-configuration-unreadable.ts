import { z } from 'zod'
import { unknownSignal } from '../../kubernetes/kubelet-configuration.ts'
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
    if (problems.length === 0) return []
    return [
      message('finding.kubelet-configuration-unreadable', {
        problems: problems.filter((problem) => unknownSignal(problem) === undefined),
        unknownSignals: problems.filter((problem) => unknownSignal(problem) !== undefined),
      }),
    ]
  },
})
