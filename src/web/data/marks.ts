import type { IncidentDocument } from '../../core/incident/incident-document.ts'

/** The instants of the steps of a node's incidents, in Unix seconds. */
export function marksOf(incidents: readonly IncidentDocument[], node: string): number[] {
  const own = incidents.filter(({ affected }) => affected.nodes.includes(node))
  return own.flatMap(({ chain }) => chain.flatMap(({ at }) => (at === null ? [] : [Date.parse(at) / 1000])))
}
