import type { Severity } from '../incident/severity.ts'
import { matchesAny } from './glob.ts'
import type { BriefIncident, Notice } from './notice.ts'

/** Which notices a channel is for. */
export interface Route {
  severities: readonly Severity[]
  /** Patterns with `*` and `?`; absent for all. */
  nodes?: readonly string[] | undefined
  /** Patterns for the namespaces of affected pods and claims; absent for all, and for what affects none. */
  namespaces?: readonly string[] | undefined
}

/** What a channel with this route has to tell of a notice: all, of a group only its part, or nothing (null). */
export function routed(notice: Notice, route: Route): Notice | null {
  if (notice.kind === 'test') return notice
  // Who was told the worst is told how it ends, too.
  const worst = notice.kind === 'grouped' ? [] : [notice.worst]
  const incidents = notice.incidents.filter((incident) => isRouted(incident, route, worst))
  if (incidents.length === 0) return null
  return incidents.length === notice.incidents.length ? notice : { ...notice, incidents }
}

/** Whether an incident is for a channel with this route. */
export function isRouted(
  { severity, nodes: ofNodes, namespaces: ofNamespaces }: BriefIncident,
  { severities, nodes, namespaces }: Route,
  worst: readonly Severity[] = [],
): boolean {
  return (
    [severity, ...worst].some((one) => severities.includes(one)) &&
    (nodes === undefined || ofNodes.some((node) => matchesAny(node, nodes))) &&
    (namespaces === undefined || ofNamespaces.some((namespace) => matchesAny(namespace, namespaces)))
  )
}
