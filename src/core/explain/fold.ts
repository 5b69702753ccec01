import type { Instant } from '../units/instant.ts'
import type { Fact, FoldedFact, Occurrence, SourcePosition } from './facts/fact.ts'

const MOST_EVIDENCE = 20
/** Distinct facts that are remembered of one log or node; later ones are dropped. */
const MOST_FACTS = 20_000

/**
 * Folds facts of one id about one subject on one node into one. A whole-second instant gives way to a
 * precise one within the same second.
 */
export class FactFold {
  readonly #byKey = new Map<string, FoldedFact>()

  add(fact: Fact): void {
    this.#join(single(fact))
  }

  /** Adds what was folded already, from here or from another log. */
  addFolded(facts: readonly FoldedFact[]): void {
    for (const fact of facts) this.#join(fact)
  }

  /** The folded facts, in the order in which they were first met. */
  facts(): FoldedFact[] {
    return [...this.#byKey.values()]
  }

  #join(fact: FoldedFact): void {
    const key = keyOf(fact)
    const known = this.#byKey.get(key)
    if (known) this.#byKey.set(key, joinFolded(known, fact))
    else if (this.#byKey.size < MOST_FACTS) this.#byKey.set(key, fact)
  }
}

/** Folds facts into those that are folded already. */
export function foldFacts(folded: readonly FoldedFact[], facts: readonly Fact[]): FoldedFact[] {
  const fold = new FactFold()
  fold.addFolded(folded)
  for (const fact of facts) fold.add(fact)
  return fold.facts()
}

/**
 * Facts without the ends of a disk pressure that nothing stated before: those are the first state of a starting
 * kubelet, and no fact. To be asked once all is folded, since lines come in no order.
 */
export function withoutFirstStates(folded: readonly FoldedFact[]): FoldedFact[] {
  return folded.flatMap((fact) => {
    if (fact.id !== 'disk-pressure-cleared') return [fact]
    const begun = folded.filter((other) => isPressure(other) && isSameNode(other, fact))
    const since = Math.min(...begun.map(({ order }) => order))
    const ends = fact.evidence.filter(({ order }) => order >= since)
    const [first] = ends
    if (!first) return fact.lastOrder >= since ? [fact] : []
    const { file, line, at, order } = first
    const count = fact.count - (fact.evidence.length - ends.length)
    return [{ ...fact, at, order, firstAt: at, source: { file, line }, count, evidence: ends }]
  })
}

/** Facts in the order of their instants; at one instant in an order that does not depend on what was met first. */
export function inOrder(facts: readonly FoldedFact[]): FoldedFact[] {
  return facts.toSorted(
    (a, b) => byFactPlace(a, b) || (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))),
  )
}

/** Joins the folded facts of two logs. */
export function mergeFacts(folded: readonly FoldedFact[], others: readonly FoldedFact[]): FoldedFact[] {
  const fold = new FactFold()
  fold.addFolded(folded)
  fold.addFolded(others)
  return fold.facts()
}

function isSameNode(a: Fact, b: Fact): boolean {
  return a.node === null || b.node === null || a.node === b.node
}

function isPressure({ id, fields }: Fact): boolean {
  if (fields['resource'] === 'memory' || fields['resource'] === 'pids') return false
  return (
    id === 'disk-pressure-condition' || id === 'eviction-threshold-met' || id === 'pod-admission-rejected'
  )
}

function keyOf({ id, node, subject }: Fact): string {
  return `${id}\n${node ?? ''}\n${subject}`
}

function single(fact: Fact): FoldedFact {
  const { id, at, atText, order, isCoarse, last, node, source, from, fields, subject, raw } = fact
  return {
    id,
    at,
    atText,
    order,
    isCoarse,
    node,
    source,
    from,
    fields,
    subject,
    raw,
    count: 1,
    firstAt: at,
    lastAt: last?.at ?? at,
    lastOrder: last?.order ?? order,
    evidence: [occurrence(fact)],
  }
}

function joinFolded(known: FoldedFact, other: FoldedFact): FoldedFact {
  const [first, second] = precedes(other, known) ? [other, known] : [known, other]
  const { id, at, atText, order, isCoarse, node, source, from, subject, raw } = first
  return {
    id,
    at,
    atText,
    order,
    isCoarse,
    node,
    source,
    from,
    fields: { ...second.fields, ...first.fields },
    subject,
    raw,
    count: known.count + other.count,
    firstAt: chosen(Math.min, known.firstAt, other.firstAt),
    lastAt: chosen(Math.max, known.lastAt, other.lastAt),
    lastOrder: Math.max(known.lastOrder, other.lastOrder),
    evidence: together(known.evidence, other.evidence),
  }
}

/**
 * Whether a statement precedes another, wherever they are met: by second, a precise clock before one of whole
 * seconds, by instant, one that is dated before one that is not, by place.
 */
function precedes(a: Fact, b: Fact): boolean {
  return (
    (Math.floor(a.order / 1000) - Math.floor(b.order / 1000) ||
      Number(a.isCoarse) - Number(b.isCoarse) ||
      byFactPlace(a, b)) < 0
  )
}

/** By instant, then by file and line: a total order, so that what is folded does not depend on what is met first. */
function byPlace(a: Occurrence, b: Occurrence): number {
  return byInstant(a, b) || byPosition(a, b)
}

function byFactPlace(a: Fact, b: Fact): number {
  return byInstant(a, b) || byPosition(a.source, b.source)
}

function byInstant(a: Pick<Fact, 'at' | 'order'>, b: Pick<Fact, 'at' | 'order'>): number {
  return a.order - b.order || Number(a.at === null) - Number(b.at === null)
}

function byPosition(a: SourcePosition, b: SourcePosition): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line
}

function chosen(
  choose: (a: Instant, b: Instant) => Instant,
  a: Instant | null,
  b: Instant | null,
): Instant | null {
  return a === null || b === null ? (a ?? b) : choose(a, b)
}

function occurrence({ source, at, order }: Fact): Occurrence {
  return { ...source, at, order }
}

/** The first of both, in order. Statements come one by one and mostly in order. */
function together(evidence: readonly Occurrence[], others: readonly Occurrence[]): readonly Occurrence[] {
  const last = evidence.at(-1)
  const [next] = others
  const isAfter = last !== undefined && next !== undefined && byPlace(last, next) <= 0
  if (isAfter && evidence.length >= MOST_EVIDENCE) return evidence
  const both = [...evidence, ...others]
  return (isAfter ? both : both.toSorted(byPlace)).slice(0, MOST_EVIDENCE)
}
