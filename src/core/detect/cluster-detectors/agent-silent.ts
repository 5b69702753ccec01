import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'

/** An agent has missed several rounds: its node is watched from outside only. */
export const agentSilent = defineClusterDetector({
  id: 'agent-silent',
  reason: 'AgentSilent',
  severity: 'warning',
  summary: 'The agent of a node has handed nothing over for several of its rounds.',
  options: z.strictObject({}),

  detect({ gaps }) {
    return gaps.flatMap(({ part, node, detail }) =>
      part === 'agent' && node !== undefined
        ? {
            object: { kind: 'Node', name: node },
            node,
            message: message('finding.agent-silent', { node: shown(node), since: shown(detail, 40) }),
          }
        : [],
    )
  },
})
