import type { FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import type { CauseId, Certainty } from './incident.ts'

/** Names of images by id, where they are known. */
export type ImageNames = ReadonlyMap<string, readonly string[]>

/**
 * What tells which causes an effect can have, as keys: one they have in common, or a fact without any, which may be
 * about anything.
 */
export interface SharedThings {
  byCause(cause: FoldedFact, names: ImageNames): readonly string[]
  byEffect(effect: FoldedFact): readonly string[]
}

/**
 * Connects an effect to what caused it. Which of two came first is never assumed: a cause must have
 * been stated no later than its effect was last.
 */
export interface CausalRule {
  /** Named in `chain[].rule`; its sentence is `rule.<id>`. */
  id: string
  effects: readonly FactId[]
  causes: readonly FactId[]
  /** What the two must have in common, where they say it; `connects` still decides. */
  shares?: SharedThings
  /** How sure the connection is, or undefined when these two are not connected. Default: stated. */
  connects?(cause: FoldedFact, effect: FoldedFact, names: ImageNames): Certainty | undefined
}

/** Says which first cause a fact speaks of when nothing earlier explains it. */
export interface RootRule {
  id: string
  effects: readonly FactId[]
  cause: CauseId
  /** Default: always. */
  applies?(fact: FoldedFact): boolean
}
