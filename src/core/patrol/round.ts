import { runClusterDetector } from '../detect/cluster-detector.ts'
import { clusterDetectors } from '../detect/cluster-detectors/index.ts'
import { runDetector } from '../detect/detector.ts'
import { detectors } from '../detect/detectors/index.ts'
import type { Finding } from '../detect/finding.ts'
import { mergeFacts } from '../explain/fold.ts'
import type { ImageNames } from '../incident/causal-rule.ts'
import { findIncidents } from '../incident/find-incidents.ts'
import { podsNow } from '../incident/pods-now.ts'
import type { Incident } from '../incident/incident.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import type { IncidentChange } from '../tell/incident-change.ts'
import { forgetSettled } from './forget-settled.ts'
import { changesOf } from './incident-changes.ts'
import type { NodelessMemory, NodeMemory, PatrolMemory } from './memory.ts'
import { rememberNodeless, rememberNodes } from './remember-nodes.ts'

/** What one round made of an observation. */
export interface Round {
  findings: readonly Finding[]
  /** The incidents that are open now, and those that this round found to be over. */
  incidents: readonly Incident[]
  changes: readonly IncidentChange[]
  memory: PatrolMemory
}

/** One round of the patrol: a pure function of what is observed and what is remembered. */
export function patrolRound(observation: Observation, memory: PatrolMemory): Round {
  const { observedAt } = observation
  const nodes = rememberNodes(observation, memory)
  const nodeless = rememberNodeless(observation, memory)
  const incidents = settled(incidentsOf(nodes, nodeless, observation), memory.open, observation)
  const changes = incidents.flatMap((incident) => {
    const before = memory.open.find(({ id }) => id === incident.id)
    return changesOf(before, incident, observedAt)
  })
  return {
    findings: findingsOf(
      observation,
      Object.values(nodes).map(({ view }) => view),
    ),
    incidents,
    changes,
    memory: {
      ...forgetSettled({ nodes, nodeless }, incidents),
      open: incidents.filter(({ state }) => state === 'open'),
    },
  }
}

/** The incidents of each node by itself, and those that belong to none. */
function incidentsOf(
  nodes: Readonly<Record<string, NodeMemory>>,
  nodeless: NodelessMemory,
  { observedAt, cluster }: Observation,
): Incident[] {
  const pods = podsNow(cluster)
  const imageNames: ImageNames = new Map(
    Object.values(nodes).flatMap(({ view }) => Object.entries(view.imageNames)),
  )
  const ofNodes = Object.values(nodes).flatMap((node) => {
    const facts = mergeFacts(node.view.facts, node.stated ?? [])
    if (facts.length === 0 && node.shortage === undefined) return []
    return findIncidents({ facts, imageNames, nodes: [node], pods, observedAt })
  })
  const facts = mergeFacts(nodeless.facts, nodeless.stated)
  return [...ofNodes, ...findIncidents({ facts, imageNames, pods, observedAt })]
}

/** Incidents go on under the id they were opened with; one that nothing speaks of any more is over, if it would be seen. */
function settled(
  found: readonly Incident[],
  open: readonly Incident[],
  { observedAt, cluster }: Observation,
): Incident[] {
  const nodes = cluster.nodes && new Set(cluster.nodes.value.map(({ metadata }) => metadata.name))
  const wouldBeSeen = ({ affected: { nodes: on } }: Incident) =>
    on.length === 0
      ? cluster.persistentVolumeClaims !== undefined
      : nodes !== undefined && (cluster.pods !== undefined || !on.some((name) => nodes.has(name)))
  const going = found.map((now) => {
    const before = open.find((known) => isSame(known, now))
    const resolvedAt = now.state === 'resolved' ? observedAt : null
    return before ? { ...now, id: before.id, openedAt: before.openedAt, resolvedAt } : { ...now, resolvedAt }
  })
  const silent = open.filter((known) => !found.some((now) => isSame(known, now)))
  const gone = silent.map((known) =>
    wouldBeSeen(known)
      ? { ...known, state: 'resolved' as const, resolvedAt: observedAt, updatedAt: observedAt }
      : known,
  )
  return [...going, ...gone]
}

/** The same trouble on the same node, however much better its beginning is known by now. */
function isSame(known: Incident, now: Incident): boolean {
  return known.cause.id === now.cause.id && known.affected.nodes[0] === now.affected.nodes[0]
}

function findingsOf(observation: Observation, views: readonly NodeView[]): Finding[] {
  const { observedAt, cluster: objects, gaps = [] } = observation
  const cluster = { observedAt, objects, gaps, nodes: new Map(views.map((view) => [view.name, view])) }
  return [
    ...clusterDetectors.flatMap((detector) => runClusterDetector(detector, cluster)),
    ...views.flatMap((view) => detectors.flatMap((detector) => runDetector(detector, view))),
  ]
}
