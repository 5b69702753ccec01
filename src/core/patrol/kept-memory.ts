import type { FoldedFact } from '../explain/facts/fact.ts'
import type { Incident } from '../incident/incident.ts'
import { factKey, type KeptNode, type KeptNodeChange } from '../keep/kept-node.ts'
import type { FilesystemReading, ObservedImage } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'
import { emptyMemory, type NodeMemory, type PatrolMemory } from './memory.ts'

/** What a store has of a node: enough to tell what is new. */
export interface Footprint {
  state: string
  images: readonly ObservedImage[]
  facts: readonly FoldedFact[]
  lastHistory: FilesystemReading | null
}
export type Footprints = ReadonlyMap<string, Footprint>

const HISTORY_STEP: Duration = 5 * 60_000
/** That an image is still in use is written so often. */
const LAST_USE_STEP: Duration = 3_600_000
/** Facts of one node that are kept: the latest. */
const MOST_FACTS = 1000

/** What has to be written of nodes, and what the store has once it is. Nodes where nothing is new have no part in it. */
export function nodeChanges(saved: Footprints, nodes: PatrolMemory['nodes']) {
  const footprints = new Map<string, Footprint>()
  const changed: KeptNodeChange[] = []
  for (const [name, node] of Object.entries(nodes)) {
    const before = saved.get(name)
    const { change, footprint } = nodeChange(name, node, before)
    footprints.set(name, footprint)
    if (change.state || change.images || change.facts || change.history) changed.push(change)
  }
  const forgotten = [...saved.keys()].filter((name) => !footprints.has(name))
  return { changed, forgotten, footprints: footprints as Footprints }
}

/** What a store has that gave this back. */
export function footprintsOf(nodes: readonly KeptNode[]): Footprints {
  const footprint = ({ images, facts, history, ...node }: KeptNode): Footprint => ({
    state: stateText(node),
    images: images?.value ?? [],
    facts,
    lastHistory: history.at(-1) ?? null,
  })
  return new Map(nodes.map((node) => [node.name, footprint(node)]))
}

/** The memory that a patrol goes on with. */
export function restoreMemory(nodes: readonly KeptNode[], open: readonly Incident[]): PatrolMemory {
  const restored = nodes.map(({ settledAt, shortage, images, ...view }): [string, NodeMemory] => [
    view.name,
    {
      view: { ...view, ...(images ? { images } : {}), summaries: [], readings: [] },
      settledAt,
      ...(shortage ? { shortage } : {}),
    },
  ])
  return { ...emptyMemory, nodes: Object.fromEntries(restored), open }
}

function nodeChange(name: string, { view, settledAt, shortage }: NodeMemory, before?: Footprint) {
  const { observedAt, imageNames } = view
  const state = { observedAt, settledAt, shortage: shortage ?? null, imageNames }
  const text = stateText(state)
  const facts = latest(view.facts)
  const images = view.images?.value ?? []
  const isNewList = view.images !== undefined && !areSame(before?.images ?? [], images)
  const factChange = changedFacts(before?.facts ?? [], facts)
  const history = changedHistory(before?.lastHistory ?? null, view.history)
  const change: KeptNodeChange = {
    name,
    ...(text === before?.state ? {} : { state }),
    ...(isNewList ? { images: view.images } : {}),
    ...(factChange && { facts: factChange }),
    ...(history && { history }),
  }
  const lastHistory = history?.added.at(-1) ?? before?.lastHistory ?? null
  return { change, footprint: { state: text, images, facts, lastHistory } }
}

/** Without the instant: that time has passed is no news. */
function stateText({
  settledAt,
  shortage,
  imageNames,
}: Pick<KeptNode, 'settledAt' | 'shortage' | 'imageNames'>) {
  return JSON.stringify([settledAt, shortage, imageNames])
}

/** Runtimes list them in another order each time. */
function areSame(images: readonly ObservedImage[], others: readonly ObservedImage[]): boolean {
  const known = new Map(others.map((image) => [keyOf(image), image]))
  return (
    images.length === others.length &&
    images.every((image) => {
      const { names, reportedBytes, onDiskBytes, lastUsedAt = 0 } = image
      const other = known.get(keyOf(image))
      return (
        reportedBytes === other?.reportedBytes &&
        onDiskBytes === other?.onDiskBytes &&
        Math.abs(lastUsedAt - (other?.lastUsedAt ?? 0)) < LAST_USE_STEP &&
        names.length === other?.names.length &&
        names.every((name, place) => name === other.names[place])
      )
    })
  )
}

const keyOf = ({ id, names }: ObservedImage) => id ?? names.join(' ')

function latest(facts: readonly FoldedFact[]): readonly FoldedFact[] {
  if (facts.length <= MOST_FACTS) return facts
  return facts.toSorted((a, b) => a.lastOrder - b.lastOrder).slice(-MOST_FACTS)
}

/** By identity: a fact that was stated again is another object. */
function changedFacts(before: readonly FoldedFact[], now: readonly FoldedFact[]): KeptNodeChange['facts'] {
  if (before.length === now.length && now.every((fact, index) => fact === before[index])) return undefined
  const known = new Map(before.map((fact) => [factKey(fact), fact]))
  const saved: FoldedFact[] = []
  for (const fact of now) {
    const key = factKey(fact)
    if (known.get(key) !== fact) saved.push(fact)
    known.delete(key)
  }
  return { saved, forgotten: [...known.keys()] }
}

function changedHistory(
  last: FilesystemReading | null,
  history: readonly FilesystemReading[],
): KeptNodeChange['history'] {
  const newest = history.at(-1)
  if (!newest) return undefined
  if (last?.capacityBytes !== newest.capacityBytes)
    return { added: thinned(history, null), replacesFrom: Number.NEGATIVE_INFINITY }
  if (newest.at < last.at) return { added: [newest], replacesFrom: newest.at }
  const added = thinned(history, last)
  return added.length > 0 ? { added } : undefined
}

function thinned(history: readonly FilesystemReading[], last: FilesystemReading | null): FilesystemReading[] {
  const kept: FilesystemReading[] = []
  for (const reading of history) {
    const before = kept.at(-1) ?? last
    if (before === null || reading.at - before.at >= HISTORY_STEP) kept.push(reading)
  }
  return kept
}
