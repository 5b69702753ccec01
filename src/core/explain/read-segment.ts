import type { Statement } from './facts/fact.ts'
import { exportedEntries } from './frame/log-export.ts'
import { RecordReader, type UndatedRecord } from './frame/record-reader.ts'
import type { StatedTime } from './frame/stated-time.ts'
import { isImageEvent } from './image-names.ts'
import { statementsOf } from './read-facts.ts'
import type { FileKind } from './search/reach.ts'
import {
  MOST_LINE,
  type Run,
  type SearchedSegment,
  type SegmentExtent,
  type SegmentSearch,
} from './search/segment-search.ts'

/** What was read from a record: all that does not depend on the rest of its file. Plain data, fit for another thread. */
export interface ReadRecord {
  /** The line it begins in; of a segment that is read by itself counted as a run's. */
  line: number
  stated: StatedTime
  statements: readonly Statement[]
  /** The message of a runtime that names an image. */
  imageEvent: string | undefined
}

/** What was read from a segment. */
export interface ReadSegment {
  /** How many lines begin in it. */
  lines: number
  /** The last line that was read; it may be one after the segment. */
  readTo: number
  records: readonly ReadRecord[]
}

/** A segment as it was found: read, where it can be read by itself. */
export type FoundSegment = SearchedSegment | ReadSegment

/** Searches a segment, and reads what is found where it can be read by itself. */
export function findIn(search: SegmentSearch, extent: SegmentExtent, kind: FileKind): FoundSegment {
  return readFound(search.search(extent, kind), kind)
}

/**
 * Reads what was found in a segment, unless it is read already, where nothing that it holds is explained by lines far
 * before: in a log of one record a line.
 */
export function readFound(found: FoundSegment, kind: FileKind): FoundSegment {
  return kind === 'log' && 'runs' in found ? readSegment(found) : found
}

function readSegment({ lines, runs }: SearchedSegment): ReadSegment {
  const reader = new RecordReader()
  const undated: UndatedRecord[] = []
  let readTo = 0
  for (const { text, number } of linesOf(runs)) {
    readTo = number
    undated.push(...reader.push(text, number))
  }
  undated.push(...reader.end())
  return { lines, readTo, records: undated.map(readRecord).filter(isTelling) }
}

/** Reads a record. */
export function readRecord({ record, line, stated }: UndatedRecord): ReadRecord {
  const { message } = record
  return {
    line,
    stated,
    statements: statementsOf(record),
    imageEvent: isImageEvent(message) ? message : undefined,
  }
}

/** Whether a record says anything, were it only the time. */
function isTelling({ stated, statements, imageEvent }: ReadRecord): boolean {
  return (
    statements.length > 0 ||
    imageEvent !== undefined ||
    stated.clock !== undefined ||
    stated.age !== undefined
  )
}

/** The lines of runs, with their numbers in the segment from 1. */
export function* linesOf(runs: readonly Run[]): Generator<{ text: string; number: number }> {
  for (const { first, text } of runs) {
    let number = first
    for (const line of text.split('\n')) yield { text: plainText(line), number: ++number }
  }
}

/**
 * A crash leaves NUL bytes where a line was being written; a line has no right to more than its length, unless it is
 * a document of many entries.
 */
function plainText(line: string): string {
  const text = line.length > MOST_LINE && !exportedEntries(line) ? line.slice(0, MOST_LINE) : line
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text
}
