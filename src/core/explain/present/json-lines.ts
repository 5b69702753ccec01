import { factDocument } from '../../incident/incident-document.ts'
import type { Fact } from '../facts/fact.ts'

/** A fact as `explain -o jsonl` streams it: a line of its own, not folded with others. */
export function factLine(fact: Fact): string {
  const { at, order, source } = fact
  const document = factDocument({
    ...fact,
    count: 1,
    firstAt: at,
    lastAt: at,
    lastOrder: order,
    evidence: [{ ...source, at, order }],
  })
  return `${JSON.stringify(document)}\n`
}
