import { z } from 'zod'
import { message } from '../../messages/message.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'

/** An agent cannot hand over what it sees: it patrols its node alone. */
export const controllerOutOfReach = defineClusterDetector({
  id: 'controller-out-of-reach',
  reason: 'ControllerOutOfReach',
  severity: 'warning',
  summary: 'The controller does not take the rounds of the agent, which patrols alone.',
  options: z.strictObject({}),

  detect({ gaps }) {
    return gaps.flatMap(({ part, node, why, detail }) =>
      part === 'controller' && node !== undefined
        ? {
            object: { kind: 'Node', name: node },
            node,
            message: message('finding.controller-out-of-reach', { why, detail: shown(detail, 200) }),
          }
        : [],
    )
  },
})
