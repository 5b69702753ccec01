import type { Instant } from '../units/instant.ts'
import type { Fact, FoldedFact, Occurrence } from './facts/fact.ts'

const MOST_EVIDENCE = 20
/** Distinct facts that are remembered of one log or node; later ones are dropped. */
const MOST_FACTS = 20_000

/**
 * Folds facts of one id about one subject on one node into one. A whole-second instant gives way to a
 * precise one within the same second. An end of disk pressure that nothing began is the first state of
 * a starting kubelet, and no fact.
 */
export function foldFacts(folded: readonly FoldedFact[], facts: readonly Fact[]): FoldedFact[] {
  if (facts.length === 0) return [...folded]
  const byKey = new Map(folded.map((fact) => [keyOf(fact), fact]))
  const nodesUnderPressure = new Set(folded.filter(isPressure).map(({ node }) => node))
  for (const fact of facts) {
    if (isPressure(fact)) nodesUnderPressure.add(fact.node)
    if (fact.id === 'disk-pressure-cleared' && !nodesUnderPressure.has(fact.node)) continue
    const key = keyOf(fact)
    const known = byKey.get(key)
    if (known) byKey.set(key, join(known, fact))
    else if (byKey.size < MOST_FACTS) byKey.set(key, single(fact))
  }
  return [...byKey.values()]
}

/** Joins the folded facts of two logs. */
export function mergeFacts(folded: readonly FoldedFact[], others: readonly FoldedFact[]): FoldedFact[] {
  const byKey = new Map(folded.map((fact) => [keyOf(fact), fact]))
  for (const other of others) {
    const known = byKey.get(keyOf(other))
    if (known) byKey.set(keyOf(other), joinFolded(known, other))
    else if (byKey.size < MOST_FACTS) byKey.set(keyOf(other), other)
  }
  return [...byKey.values()]
}

function isPressure({ id }: Fact): boolean {
  return (
    id === 'disk-pressure-condition' || id === 'eviction-threshold-met' || id === 'pod-admission-rejected'
  )
}

function keyOf({ id, node, subject }: Fact): string {
  return `${id}\n${node ?? ''}\n${subject}`
}

function single(fact: Fact): FoldedFact {
  const { at, order } = fact
  return { ...fact, count: 1, firstAt: at, lastAt: at, lastOrder: order, evidence: [occurrence(fact)] }
}

function join(known: FoldedFact, fact: Fact): FoldedFact {
  return joinFolded(known, single(fact))
}

function joinFolded(known: FoldedFact, other: FoldedFact): FoldedFact {
  const [first, second] = isEarlier(other, known) ? [other, known] : [known, other]
  const last = other.lastOrder > known.lastOrder ? other : known
  return {
    ...first,
    fields: { ...second.fields, ...first.fields },
    count: known.count + other.count,
    firstAt: earlier(known.firstAt, other.firstAt),
    lastAt: last.lastAt,
    lastOrder: last.lastOrder,
    evidence:
      known.evidence.length < MOST_EVIDENCE ? together(known.evidence, other.evidence) : known.evidence,
  }
}

/** Whether a statement precedes what is known; a precise clock beats one of whole seconds within the same second. */
function isEarlier(fact: Fact, known: Fact): boolean {
  const isSameSecond = Math.floor(fact.order / 1000) === Math.floor(known.order / 1000)
  if (isSameSecond && fact.isCoarse !== known.isCoarse) return known.isCoarse
  return fact.order < known.order
}

function earlier(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function occurrence({ source, at, order }: Fact): Occurrence {
  return { ...source, at, order }
}

function together(evidence: readonly Occurrence[], others: readonly Occurrence[]): Occurrence[] {
  return [...evidence, ...others].toSorted((a, b) => a.order - b.order).slice(0, MOST_EVIDENCE)
}
