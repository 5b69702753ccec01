import { runClusterDetector } from '../detect/cluster-detector.ts'
import { clusterDetectors } from '../detect/cluster-detectors/index.ts'
import { runDetector } from '../detect/detector.ts'
import { detectors } from '../detect/detectors/index.ts'
import { diskShortage } from '../detect/disk-shortage.ts'
import type { Finding } from '../detect/finding.ts'
import { findIncidents } from '../incident/find-incidents.ts'
import type { Incident } from '../incident/incident.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import type { IncidentChange } from '../tell/incident-change.ts'
import type { Instant } from '../units/instant.ts'
import { changesOf } from './incident-changes.ts'
import type { NodeMemory, PatrolMemory } from './memory.ts'
import { remember } from './remember.ts'

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
  const nodes = rememberNodes(observation, memory)
  const views = Object.values(nodes).map(({ view }) => view)
  const found = findIncidents({
    facts: views.flatMap(({ facts }) => facts),
    imageNames: new Map(views.flatMap(({ imageNames }) => Object.entries(imageNames))),
    nodes: Object.values(nodes),
  })
  const incidents = found.map((incident) =>
    settle(
      incident,
      memory.open.find((known) => isSame(known, incident)),
      observation,
    ),
  )
  const changes = incidents.flatMap((incident) => {
    const before = memory.open.find(({ id }) => id === incident.id)
    return changesOf(before, incident, observation.observedAt)
  })
  return {
    findings: findingsOf(observation, views),
    incidents,
    changes,
    memory: {
      nodes: forgetSettled(nodes, incidents),
      open: incidents.filter(({ state }) => state === 'open'),
    },
  }
}

function findingsOf(observation: Observation, views: readonly NodeView[]): Finding[] {
  const { observedAt, cluster: objects, gaps = [] } = observation
  const cluster = { observedAt, objects, gaps, nodes: new Map(views.map((view) => [view.name, view])) }
  return [
    ...clusterDetectors.flatMap((detector) => runClusterDetector(detector, cluster)),
    ...views.flatMap((view) => detectors.flatMap((detector) => runDetector(detector, view))),
  ]
}

function rememberNodes(observation: Observation, memory: PatrolMemory): Record<string, NodeMemory> {
  const nodes: Record<string, NodeMemory> = { ...memory.nodes }
  for (const node of observation.nodes) {
    const before = memory.nodes[node.name]
    const view = remember(before?.view, node, observation)
    const { settledAt, shortage: was } = notLaterThan(before, observation.observedAt)
    const shortage = diskShortage(view, was, settledAt)
    nodes[node.name] = { view, settledAt, ...(shortage === undefined ? {} : { shortage }) }
  }
  return nodes
}

/** What a node's memory says to be over; never later than now, for a clock that went back would hide what comes. */
function notLaterThan(before: NodeMemory | undefined, now: Instant): Omit<NodeMemory, 'view'> {
  const settledAt = before?.settledAt ?? null
  const shortage = before?.shortage
  const recoveredAt = shortage?.recoveredAt
  return {
    settledAt: settledAt === null ? null : Math.min(settledAt, now),
    ...(shortage && {
      shortage:
        recoveredAt === undefined ? shortage : { ...shortage, recoveredAt: Math.min(recoveredAt, now) },
    }),
  }
}

/** The same trouble on the same node, however much better its beginning is known by now. */
function isSame(known: Incident, now: Incident): boolean {
  return known.cause.id === now.cause.id && known.affected.nodes[0] === now.affected.nodes[0]
}

function settle(now: Incident, before: Incident | undefined, { observedAt }: Observation): Incident {
  const resolvedAt = now.state === 'resolved' ? observedAt : null
  return before ? { ...now, id: before.id, openedAt: before.openedAt, resolvedAt } : { ...now, resolvedAt }
}

/** What belongs to a trouble that is over explains no later one; except that images which were removed stay gone. */
function forgetSettled(
  nodes: Readonly<Record<string, NodeMemory>>,
  incidents: readonly Incident[],
): Record<string, NodeMemory> {
  const over = incidents.filter(({ state }) => state === 'resolved')
  const kept: Record<string, NodeMemory> = {}
  for (const [name, node] of Object.entries(nodes)) {
    const settled = over.filter(({ affected }) => affected.nodes.includes(name))
    const told = new Set(settled.flatMap(({ chain }) => chain.flatMap(({ facts }) => facts)))
    const isOver = settled.some(({ cause }) => cause.id === 'disk-filled' || cause.id === 'inodes-filled')
    const { shortage, ...rest } = node
    kept[name] = {
      ...rest,
      ...(shortage === undefined || isOver ? {} : { shortage }),
      settledAt: isOver ? node.view.observedAt : node.settledAt,
      view: {
        ...node.view,
        facts: node.view.facts.filter((fact) => !told.has(fact) || fact.id === 'image-gc-removed-image'),
      },
    }
  }
  return kept
}
