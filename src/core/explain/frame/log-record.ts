import type { Instant } from '../../units/instant.ts'
import type { Program, SourcePosition } from '../facts/fact.ts'

/** When a record was made, as far as it says. */
export interface RecordTime {
  /** UTC; null when the record does not say it whole. */
  at: Instant | null
  /** As written; null when there is none. */
  text: string | null
  /** What to sort by: `at`, else the time in an assumed year, else that of the record before. */
  order: number
  /** True when the clock shows whole seconds only. */
  isCoarse: boolean
  /** When it was last so, of an event that was seen more than once. */
  last?: { at: Instant; order: number }
}

/** The object of a Kubernetes event. */
export interface EventSubject {
  reason: string
  kind?: string
  namespace?: string
  name?: string
  uid?: string
}

/** What a row of a table shows, where only its place says what it means. */
export type RowKind = 'inode-use' | 'claim' | 'claim-status' | 'condition' | 'taints' | 'unit-state' | 'pod'

/** What a record says, in one way of reading it. */
export interface Reading {
  message: string
  /** The pairs of a structured klog message or of logfmt, unquoted; empty for an unstructured one. */
  values: ReadonlyMap<string, string>
  /** All of it as text, with quotes and line ends unescaped however deep they are nested. */
  text: string
}

/**
 * One record of a log with its carriers (syslog, journal, klog header …) taken off: all that can be said of it without
 * knowing the rest of its file.
 */
export interface LogRecord extends Reading {
  /** Other ways to read it: its lines put together without a blank, or only the first of them. */
  others?: readonly Reading[] | undefined
  node: string | null
  from: Program
  /** Set when the record is a Kubernetes event. */
  event?: EventSubject | undefined
  /** Set when the record is a row that only its table explains. */
  row?: RowKind | undefined
  /**
   * True when a carrier showed that this is a log line: a klog header, a tag, logfmt. Text without one
   * may be prose around the lines.
   */
  isFramed: boolean
  /** The line, at most 2,000 characters. */
  raw: string
}

/** A record in its place: where in a file it stands, and when it was made. */
export interface PlacedRecord extends LogRecord {
  time: RecordTime
  source: SourcePosition
}
