import type { FoldedFact } from '../explain/facts/fact.ts'
import { IMAGE_REMOVALS } from '../incident/connections.ts'
import type { Incident } from '../incident/incident.ts'
import type { NodeMemory, PatrolMemory } from './memory.ts'

/** What belongs to a trouble that is over explains no later one; except that images which were removed stay gone. */
export function forgetSettled(
  { nodes, nodeless }: Omit<PatrolMemory, 'open'>,
  incidents: readonly Incident[],
): Omit<PatrolMemory, 'open'> {
  const over = incidents.filter(({ state }) => state === 'resolved')
  if (over.length === 0) return { nodes, nodeless }
  const ofNone = over.filter(({ affected }) => affected.nodes.length === 0)
  const kept: Record<string, NodeMemory> = {}
  for (const [name, node] of Object.entries(nodes)) {
    kept[name] = withoutSettled(
      node,
      over.filter(({ affected }) => affected.nodes.includes(name)),
    )
  }
  return { nodes: kept, nodeless: { ...nodeless, facts: untold(nodeless.facts, ofNone) } }
}

function withoutSettled(node: NodeMemory, settled: readonly Incident[]): NodeMemory {
  if (settled.length === 0) return node
  const isOver = settled.some(({ cause }) => cause.id === 'disk-filled' || cause.id === 'inodes-filled')
  const { shortage, ...rest } = node
  return {
    ...rest,
    ...(shortage === undefined || isOver ? {} : { shortage }),
    // By the node's own clock, as its readings are.
    settledAt: isOver ? (node.view.readings.at(-1)?.at ?? node.view.observedAt) : node.settledAt,
    view: { ...node.view, facts: untold(node.view.facts, settled) },
  }
}

/** Facts that are part of none of the incidents. They are told apart by what they say: a fold makes them anew. */
function untold(facts: readonly FoldedFact[], incidents: readonly Incident[]): FoldedFact[] {
  const told = new Set(incidents.flatMap(({ chain }) => chain.flatMap((link) => link.facts.map(keyOf))))
  return facts.filter((fact) => !told.has(keyOf(fact)) || IMAGE_REMOVALS.has(fact.id))
}

function keyOf({ id, node, subject }: FoldedFact): string {
  return JSON.stringify([id, node, subject])
}
