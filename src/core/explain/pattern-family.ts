import type { FactFields } from './facts/fact.ts'
import type { FactId } from './facts/vocabulary.ts'
import type { LogRecord, RowKind } from './frame/log-record.ts'

/** What a form found in a message: named groups, or values of keys under the same names. */
export type Groups = Readonly<Record<string, string | undefined>>

/** One wording of a message. */
export type MessageForm =
  /** Anywhere in what a record says, event or log, its quotes and line ends unescaped; keys as in a structured one. */
  | { says: RegExp; keys?: Readonly<Record<string, string>> }
  /** A row of a table. */
  | { row: RowKind; text: RegExp }
  /** Free text, told from events. */
  | { text: RegExp }
  /** A structured klog message or logfmt, with the keys to read under a name. */
  | { structured: RegExp; keys?: Readonly<Record<string, string>>; where?: Readonly<Record<string, RegExp>> }
  /** A Kubernetes event. */
  | { reason: RegExp; message?: RegExp }

/** What a message states, in all its wordings. */
export interface Pattern {
  states: FactId | readonly FactId[] | ((groups: Groups, record: LogRecord) => readonly FactId[])
  /** The Kubernetes releases that write it so. */
  versions: string
  /** Where docs/kubelet-semantics.md describes it. */
  semantics: string
  forms: readonly MessageForm[]
  fields?(groups: Groups, record: LogRecord): FactFields
  /** What the statement is about; default: the node. */
  subject?(groups: Groups, record: LogRecord): string
  /** Real-shaped messages, with what they state. */
  examples: readonly PatternExample[]
  /** Messages that look alike and state nothing of this. */
  nearMisses: readonly string[]
}

/** A message and what it has to state. */
export interface PatternExample {
  message: string
  states: readonly FactId[]
  fields?: FactFields
}

/** A member of the pattern registry: one file, the messages of one part of the kubelet. */
export interface PatternFamily {
  id: string
  /**
   * A line without any of these words, whatever the case of its letters, states nothing of this family: its candidates
   * are found on bytes by them, before anything is decoded. ASCII, in lower case.
   */
  prefilter: readonly string[]
  patterns: readonly Pattern[]
}

/** Declares a family of patterns. */
export function definePatternFamily(family: PatternFamily): PatternFamily {
  return family
}
