import type { Fact, FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { foldFacts, mergeFacts } from '../explain/fold.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'

const OF_PRESSURE: ReadonlySet<FactId> = new Set<FactId>([
  'disk-pressure-condition',
  'eviction-threshold-met',
  'eviction-must-evict',
  'node-level-reclaim',
  'pod-admission-rejected',
])

/** A kubelet that is under pressure says so in the Node's condition within so long. */
const TOLD_WITHIN: Duration = 60_000

/**
 * That pressure ended is told once: when it was stated before, and its end not since. A scheduler that has not seen
 * the end yet still speaks of it a moment later; once the condition has been false for longer than that, it is over.
 * @param lastStated that there is pressure, as the Node's condition had it in the round before
 */
export function withEndOfPressure(
  facts: readonly FoldedFact[],
  lastStated: readonly FoldedFact[],
  { cleared: [end], observedAt }: { cleared: readonly Fact[]; observedAt: Instant },
): readonly FoldedFact[] {
  if (!end) return facts
  const known = mergeFacts(facts, lastStated)
  const stated = known.filter(({ id }) => OF_PRESSURE.has(id))
  const conditions = stated.filter(({ id }) => id === 'disk-pressure-condition')
  const lastEnd = Math.max(
    ...known.filter(({ id }) => id === 'disk-pressure-cleared').map(({ lastOrder }) => lastOrder),
  )
  if (lastEnd < end.order && conditions.some(({ order }) => order < end.order)) return foldFacts(known, [end])
  const lastPressure = Math.max(...stated.map(({ lastOrder }) => lastOrder))
  const isOutlived = lastPressure > lastEnd && observedAt - lastPressure >= TOLD_WITHIN
  return isOutlived && lastEnd > -Infinity
    ? foldFacts(known, [{ ...end, at: observedAt, order: observedAt }])
    : facts
}
