import type { Instant } from '../../units/instant.ts'
import type { FactId } from './vocabulary.ts'

/** A pod as a log line names it; what the line does not say is absent. */
export interface PodReference {
  namespace?: string
  name?: string
  uid?: string
}

export type FieldValue =
  string | number | boolean | null | PodReference | readonly PodReference[] | readonly string[]

/** What a line states beside its id (docs/facts.md). Numbers are bytes, percent or seconds; absent when not stated. */
export type FactFields = Readonly<Record<string, FieldValue>>

/** The place of a line: the file as it was named, and its number, from 1. */
export interface SourcePosition {
  file: string
  line: number
}

/** The program a line is tagged as. */
export type Program = 'kubelet' | 'containerd' | 'docker' | 'kernel' | 'events' | 'unknown'

/** One typed statement that a log line makes, with the raw line as its evidence. */
export interface Statement {
  id: FactId
  node: string | null
  from: Program
  fields: FactFields
  /**
   * What the statement is about (an image, a pod, a path …): facts of one id and one subject fold
   * into one. Empty when the statement is about the node.
   */
  subject: string
  /** The line itself, at most 2,000 characters. */
  raw: string
}

/** A statement with where and when it was made. */
export interface Fact extends Statement {
  /** When, in UTC; null when the line does not say it whole (no year, and none to be had). */
  at: Instant | null
  /** The time as the line writes it; null when it has none. */
  atText: string | null
  /** What to sort by: `at` where there is one, else the time in an assumed year. */
  order: number
  /** True when the source's clock shows whole seconds only: the true instant lies within that second. */
  isCoarse: boolean
  /** When it was last so, where one statement says that it was so more than once. */
  last?: { at: Instant; order: number }
  source: SourcePosition
}

/** Where and when a folded fact was stated. */
export interface Occurrence extends SourcePosition {
  at: Instant | null
  order: number
}

/** Facts of one id about one subject, as one. Fields, text and position are those of the first. */
export interface FoldedFact extends Fact {
  /** How many lines state it. */
  count: number
  firstAt: Instant | null
  lastAt: Instant | null
  /** The `order` of the last statement. */
  lastOrder: number
  /** Where it is stated: at most 20 positions, in the order of their instants. */
  evidence: readonly Occurrence[]
}
