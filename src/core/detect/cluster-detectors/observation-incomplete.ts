import { z } from 'zod'
import { message } from '../../messages/message.ts'
import type { Gap } from '../../observe/gap.ts'
import { shown } from '../../tell/shown-text.ts'
import { defineClusterDetector } from '../cluster-detector.ts'
import type { Found } from '../finding.ts'

const MOST_NODES_NAMED = 5
/** What agents and the controller miss of one another has findings of its own. */
const OF_ITS_OWN: ReadonlySet<string> = new Set(['agent', 'controller'])

/** Something that a patrol needs could not be observed: what depends on it is not known, and nothing is assumed. */
export const observationIncomplete = defineClusterDetector({
  id: 'observation-incomplete',
  reason: 'ObservationIncomplete',
  severity: 'warning',
  summary: 'A part of the cluster or of a node could not be read, so nothing is known of what depends on it.',
  options: z.strictObject({}),

  detect({ gaps }) {
    return alike(gaps.filter(({ part }) => !OF_ITS_OWN.has(part))).map(([gap, ...others]) =>
      found(gap, others),
    )
  },
})

/** Gaps of the same part for the same reason, together: a fleet without a right is one finding, not one a node. */
function alike(gaps: readonly Gap[]): [Gap, ...Gap[]][] {
  const groups = new Map<string, [Gap, ...Gap[]]>()
  for (const gap of gaps) {
    const key = `${gap.part} ${gap.why}`
    const group = groups.get(key)
    if (group) group.push(gap)
    else groups.set(key, [gap])
  }
  return [...groups.values()]
}

function found(gap: Gap, others: readonly Gap[]): Found {
  const nodes = [gap, ...others].flatMap(({ node }) => node ?? [])
  const [node] = nodes
  const sentence = message('finding.observation-incomplete', {
    part: gap.part,
    why: gap.why,
    detail: shown(gap.detail, 200),
    nodes: nodes.slice(0, MOST_NODES_NAMED).map((name) => shown(name)),
    moreNodes: Math.max(0, nodes.length - MOST_NODES_NAMED),
  })
  return node !== undefined && nodes.length === 1
    ? { object: { kind: 'Node', name: node }, node, message: sentence }
    : { object: { kind: 'Cluster', name: gap.part }, message: sentence }
}
