import type { NodeView } from '../../core/observe/node-view.ts'
import type { Part } from '../../core/observe/observation.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { formatInstant } from '../../core/units/instant.ts'
import type { AgentDocument, SeenPart } from '../../http/node-contract.ts'

/** Whether the node's agent is heard, as the page shows it. */
export function agentDocument({ agent }: NodeView): AgentDocument {
  if (!agent) return { state: 'none', heardAt: null }
  return { state: agent.isHeard ? 'heard' : 'silent', heardAt: formatInstant(agent.heardAt) }
}

/** Who saw each part of a node, and when; what was never seen is not among it. */
export function seenParts(view: NodeView): SeenPart[] {
  const { agent, images, containers, diskAttribution, orphanedDirectories, kubeletConfiguration, pods } = view
  const last = view.readings.at(-1)
  // Each second the agent asks the filesystem itself; a kubelet is asked once a round.
  const isOwn = agent?.isHeard === true
  const space: SeenPart[] = last
    ? [
        {
          part: 'space',
          by: isOwn ? 'agent' : 'outside',
          source: isOwn ? 'statfs' : (view.summaries.at(-1)?.source ?? ''),
          observedAt: formatInstant(last.at),
        },
      ]
    : []
  return [
    ...space,
    ...seen('usage', view.summaries.at(-1)),
    ...seen('settings', kubeletConfiguration),
    ...seen('images', images),
    ...seen('containers', containers),
    ...seen('bytes', diskAttribution),
    ...seen('orphans', orphanedDirectories),
    ...seen('pods', pods),
  ]
}

function seen(part: SeenPart['part'], of: Part<unknown> | undefined): SeenPart[] {
  if (!of) return []
  const { seenBy, source, observedAt } = of
  return [{ part, by: seenBy ?? 'outside', source: shown(source), observedAt: formatInstant(observedAt) }]
}
