import { isDiskResource } from '../explain/node-disk.ts'
import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactWords } from '../messages/fact-words.ts'
import type { IncidentDraft } from './incident-draft.ts'

/** How long the last disk pressure lasted, from the first statement of it to the one that it had ended. */
export function pressureWords(
  cleared: readonly FoldedFact[],
  { happened }: IncidentDraft,
): Pick<FactWords, 'lastedSeconds'> {
  const ends = timesOf(cleared)
  const end = ends.at(-1)
  if (end === undefined) return {}
  const before = ends.findLast((time) => time < end) ?? Number.NEGATIVE_INFINITY
  const facts = new Set(happened.map(({ fact }) => fact).filter(isPressure))
  const begin = timesOf([...facts]).find((time) => time > before && time <= end)
  return begin === undefined || end - begin < 1000 ? {} : { lastedSeconds: (end - begin) / 1000 }
}

/** When facts were stated, in order; what has no clock was stated at no time. */
function timesOf(facts: readonly FoldedFact[]): number[] {
  return facts
    .filter(({ atText }) => atText !== null)
    .flatMap(({ evidence }) => evidence.map(({ order }) => order))
    .toSorted((a, b) => a - b)
}

function isPressure({ id, fields }: FoldedFact): boolean {
  return (
    id === 'disk-pressure-condition' ||
    (id === 'eviction-threshold-met' && isDiskResource(fields['resource']))
  )
}
