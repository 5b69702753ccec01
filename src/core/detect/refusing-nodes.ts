import type { Refusal } from '../messages/scheduling-findings.ts'
import type { Few } from '../messages/few-words.ts'
import type { Message } from '../messages/message.ts'
import { few } from '../placement/few.ts'
import type { Placement } from '../placement/place-pod.ts'

/** So many groups of nodes are told apart, and so many reasons of a group. */
const MOST_GROUPS = 4
const MOST_REASONS = 4

/** What no change of the node itself helps against: where the data is, and what the pod asks for. */
const OF_POD =
  /^placement\.refused\.(?:volume-affinity|node-selector|node-affinity|node-name|static-pod|claim-elsewhere)$/

const weightOf = (reasons: readonly Message[]) =>
  reasons.reduce((total, { key }) => total + (OF_POD.test(key) ? 3 : 1), 0)

/**
 * Nodes by what they have against a pod, those first of which the least has to change.
 * How much is free differs from node to node and is no other reason; a group shows that of its first node.
 */
export function refusingNodes(placements: readonly Placement[]): {
  refusing: readonly { nodes: Few; reasons: readonly { refusal: Refusal; sentence: Message }[] }[]
  otherNodes: number
} {
  const groups = new Map<string, { nodes: string[]; reasons: readonly Message[] }>()
  for (const { node, reasons } of placements) {
    const key = reasons.map(reasonKey).join('\n')
    const group = groups.get(key)
    if (group) group.nodes.push(node)
    else groups.set(key, { nodes: [node], reasons })
  }
  const nearestFirst = [...groups.values()].toSorted(
    (a, b) => weightOf(a.reasons) - weightOf(b.reasons) || b.nodes.length - a.nodes.length,
  )
  const rest = nearestFirst.slice(MOST_GROUPS)
  return {
    refusing: nearestFirst.slice(0, MOST_GROUPS).map(({ nodes, reasons }) => ({
      nodes: few(nodes, String),
      reasons: reasons
        .slice(0, MOST_REASONS)
        .map((reason) => ({ refusal: reason.key as Refusal, sentence: reason })),
    })),
    otherNodes: rest.reduce((total, { nodes }) => total + nodes.length, 0),
  }
}

function reasonKey({ key, params }: Message): string {
  if (key !== 'placement.refused.insufficient') return `${key} ${JSON.stringify(params)}`
  const { lacks } = params as { lacks: readonly { resource: string }[] }
  return `${key} ${lacks.map(({ resource }) => resource).join(' ')}`
}
