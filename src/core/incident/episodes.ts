import type { FoldedFact, Occurrence } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'

/** Facts that the kubelet states once a pass: each statement begins something of its own. */
const ONCE_A_PASS: ReadonlySet<FactId> = new Set<FactId>([
  'eviction-threshold-met',
  'node-level-reclaim',
  'image-gc-started',
])

/** One thing that happened: a folded fact, or one statement of a fact that is stated once a pass. */
export interface Episode {
  fact: FoldedFact
  /** When it was first stated, and what to sort by. */
  at: FoldedFact['at']
  order: number
  lastOrder: number
}

/** Takes facts apart into what happened, in the order of their instants. */
export function episodes(facts: readonly FoldedFact[]): Episode[] {
  return facts
    .flatMap((fact) => {
      if (!ONCE_A_PASS.has(fact.id) || fact.evidence.length < 2) return [whole(fact)]
      return precise(fact.evidence).map(({ at, order }) => ({ fact, at, order, lastOrder: order }))
    })
    .toSorted((a, b) => a.order - b.order)
}

function whole(fact: FoldedFact): Episode {
  return { fact, at: fact.at, order: fact.order, lastOrder: Math.max(fact.order, fact.lastOrder) }
}

/** Drops statements that only repeat another of the same second, as an event does a log line. */
function precise(occurrences: readonly Occurrence[]): Occurrence[] {
  const second = ({ order }: Occurrence) => Math.floor(order / 1000)
  const isWhole = ({ order }: Occurrence) => order % 1000 === 0 || order % 1000 > 999
  return occurrences.filter(
    (occurrence) =>
      !isWhole(occurrence) ||
      !occurrences.some((other) => !isWhole(other) && second(other) === second(occurrence)),
  )
}
