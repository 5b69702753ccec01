import { diskShortage } from '../detect/disk-shortage.ts'
import type { Fact, FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { foldFacts } from '../explain/fold.ts'
import { IMAGE_REMOVALS } from '../incident/connections.ts'
import { goneImages, isBack } from '../incident/gone-images.ts'
import { claimStatements, lasting, nodeStatements, podStatements } from '../incident/object-statements.ts'
import { factKey } from '../keep/kept-node.ts'
import type { Node } from '../kubernetes/node.ts'
import type { Pod } from '../kubernetes/pod.ts'
import { diskPressureOf } from '../observe/disk-pressure.ts'
import type { NodeObservation, Observation, Part } from '../observe/observation.ts'
import { podsByNode } from '../observe/pods-by-node.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { withEndOfPressure } from './end-of-pressure.ts'
import type { NodelessMemory, NodeMemory, PatrolMemory } from './memory.ts'
import { remember } from './remember.ts'

/** What was stated longer ago than this explains nothing new; except that images which were removed stay gone. */
const STALE: Duration = 24 * 3_600_000

/** Of images that were removed longer ago, so many are remembered of a node: the latest. */
const MOST_REMOVALS = 200

/** What is stated of claims, which belong to no node. */
const OF_CLAIMS: ReadonlySet<FactId> = new Set<FactId>(['pvc-not-found', 'pvc-terminating'])

/** What is known of every node now. One that is gone from the cluster is forgotten; one that gave no answer is not. */
export function rememberNodes(observation: Observation, memory: PatrolMemory): Record<string, NodeMemory> {
  const { cluster } = observation
  const objects = cluster.nodes && new Map(cluster.nodes.value.map((node) => [node.metadata.name, node]))
  const pods = podsByNode(cluster.pods?.value ?? [])
  const told = toldOf(memory)
  const nodes: Record<string, NodeMemory> = {}
  for (const [name, known] of Object.entries(memory.nodes)) {
    if (objects === undefined || objects.has(name)) nodes[name] = known
  }
  for (const node of observation.nodes) {
    const around = {
      ...observation,
      told,
      pods: cluster.pods && { ...cluster.pods, value: pods.get(node.name) ?? [] },
      object: cluster.nodes && partOf(cluster.nodes, objects?.get(node.name)),
    }
    nodes[node.name] = rememberNode(node, around, memory.nodes[node.name])
  }
  return nodes
}

/** What is known by now that belongs to no node. */
export function rememberNodeless(observation: Observation, memory: PatrolMemory): NodelessMemory {
  const { nodeless } = memory
  const { cluster, observedAt } = observation
  // Nodes are looked at themselves: what is said of one without its name tells of a second one that is none.
  const facts = (observation.facts ?? []).filter(({ id }) => OF_CLAIMS.has(id))
  const { persistentVolumeClaims: claims } = cluster
  const seenAt = claims?.observedAt ?? observedAt
  const statements = claims?.value.flatMap((claim) => claimStatements(claim, seenAt)) ?? nodeless.stated
  return {
    facts: withoutStale(foldFacts(nodeless.facts, facts), { observedAt, told: toldOf(memory) }),
    stated: lasting(statements, nodeless.stated, seenAt),
  }
}

/** An observation, with what of it is about one node. */
interface AroundNode extends Observation {
  pods: Part<readonly Pod[]> | undefined
  object: Part<Node> | undefined
  told: ReadonlySet<string>
}

function rememberNode(node: NodeObservation, around: AroundNode, before: NodeMemory | undefined): NodeMemory {
  const { observedAt, pods, object } = around
  const view = remember(before?.view, node, around)
  const ofNode = object ? nodeStatements(object.value, object.observedAt) : []
  const cleared = ofNode.filter(({ id }) => id === 'disk-pressure-cleared')
  const lastStated = before?.stated ?? []
  const [byNode, byPods] = partition(lastStated, ({ id }) => id === 'disk-pressure-condition')
  // What is not seen this time is taken to be as it was.
  const waiting = pods?.value.flatMap((pod) => podStatements(pod, pods.observedAt)) ?? byPods
  const ended = withEndOfPressure(view.facts, byNode, {
    cleared,
    observedAt: object?.observedAt ?? observedAt,
  })
  const failed = withoutKnown([...node.facts, ...waiting], [...(before?.view.facts ?? []), ...byPods])
  const gone = foldFacts(ended, goneImages(before?.view.images, view, failed))
  const facts = withoutStale(
    gone.filter((fact) => !isBack(fact, view, around.told.has(toldKey(fact)))),
    around,
  )
  const { settledAt, shortage: was } = notLaterThan(before, observedAt)
  const diskPressure = object && diskPressureOf(object)
  const known = { ...view, facts, ...(diskPressure === undefined ? {} : { diskPressure }) }
  const shortage = diskShortage(known, was, settledAt)
  const pressure = object ? ofNode.filter((fact) => !cleared.includes(fact)) : byNode
  return {
    view: known,
    settledAt,
    stated: [
      ...lasting(pressure, byNode, object?.observedAt ?? observedAt),
      ...lasting(waiting, byPods, pods?.observedAt ?? observedAt),
    ],
    ...(shortage === undefined ? {} : { shortage }),
  }
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}

/** Statements of what was not stated before. */
function withoutKnown(statements: readonly Fact[], before: readonly FoldedFact[]): Fact[] {
  const known = new Set(before.map(factKey))
  return statements.filter((fact) => !known.has(factKey(fact)))
}

/** What open incidents tell: it is news for as long as they are open. */
function toldOf({ open }: PatrolMemory): ReadonlySet<string> {
  return new Set(open.flatMap(({ chain }) => chain.flatMap(({ facts }) => facts.map(toldKey))))
}

function toldKey({ id, node, subject }: FoldedFact): string {
  return JSON.stringify([id, node, subject])
}

function withoutStale(
  facts: readonly FoldedFact[],
  { observedAt, told }: Pick<AroundNode, 'observedAt' | 'told'>,
): FoldedFact[] {
  const isStale = (fact: FoldedFact) =>
    observedAt - fact.lastOrder >= STALE && (told.size === 0 || !told.has(toldKey(fact)))
  const removals = facts.filter((fact) => isStale(fact) && IMAGE_REMOVALS.has(fact.id))
  const latest = new Set(removals.toSorted((a, b) => b.lastOrder - a.lastOrder).slice(0, MOST_REMOVALS))
  return facts.filter((fact) => !isStale(fact) || latest.has(fact))
}

/** What a node's memory says to be over; never later than now, for a clock that went back would hide what comes. */
function notLaterThan(
  before: NodeMemory | undefined,
  now: Instant,
): Pick<NodeMemory, 'settledAt' | 'shortage'> {
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

function partOf<T>({ source, observedAt }: Part<unknown>, value: T | undefined): Part<T> | undefined {
  return value === undefined ? undefined : { value, source, observedAt }
}
