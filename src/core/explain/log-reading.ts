import type { Fact, FoldedFact } from './facts/fact.ts'
import { FactFold } from './fold.ts'
import { Dating, type Dated } from './frame/dating.ts'
import type { PlacedRecord } from './frame/log-record.ts'
import { RecordReader } from './frame/record-reader.ts'
import { imageNameReader } from './image-names.ts'
import { factOf, readFacts } from './read-facts.ts'
import { linesOf, readRecord, type FoundSegment, type ReadRecord, type ReadSegment } from './read-segment.ts'
import type { FileKind } from './search/reach.ts'
import { SEGMENT, type SearchedSegment } from './search/segment-search.ts'

/** A file up to this size is read line by line: nothing is gained by searching it. */
export const MOST_WHOLE = 4 * SEGMENT
/** A share of lines that are records by themselves, from which on a file is a log of one record a line. */
const LEAST_FRAMED = 0.8
/** So many lines tell what a file is. */
const MOST_SAMPLED = 200
/** In a file with NUL bytes: a larger share of other control characters is no text's. */
const MOST_CONTROL = 0.02

/** What a file is of which the first lines and, where it is known, the size are given. */
export function fileKind(sample: string, bytes: number | undefined): FileKind {
  if (bytes !== undefined && bytes <= MOST_WHOLE) return 'small'
  return isLineLog(sample) ? 'log' : 'other'
}

/** Whether bytes can be a log's: text, with NUL bytes at most where a crash cut a line. */
export function isText(beginning: Uint8Array): boolean {
  if (!beginning.includes(0)) return true
  const others = beginning.filter((byte) => byte !== 0)
  const control = others.filter((byte) => byte < 32 && ![9, 10, 13, 27].includes(byte))
  return others.length > 0 && control.length <= others.length * MOST_CONTROL
}

/** Whether nearly every line is a record of its own, so that lines can be passed over. */
function isLineLog(sample: string): boolean {
  const lines = sample.split('\n', MOST_SAMPLED + 1).slice(0, -1)
  const reader = new RecordReader()
  const records = [...lines.flatMap((line) => reader.push(line)), ...reader.end()]
  return (
    records.filter(({ record }) => record.isFramed).length >= lines.length * LEAST_FRAMED && lines.length > 0
  )
}

/** Where what is read goes. */
export interface ReadingTarget {
  imageNames: Map<string, readonly string[]>
  /** Called with every fact, unfolded. */
  onFact?: ((fact: Fact) => void) | undefined
}

/** Reads one file from its segments, which come in order. */
export class LogReading {
  readonly #file: string
  readonly #target: ReadingTarget
  readonly #dating: Dating<ReadRecord>
  /** Reads what nobody has read yet. */
  readonly #records = new RecordReader()
  readonly #names = imageNameReader()
  readonly #fold = new FactFold()
  #lines = 0
  /** The last line that was read. */
  #readTo = 0

  /** @param year That of the first line, where lines do not say. */
  constructor({ file, year }: { file: string; year?: number }, target: ReadingTarget) {
    this.#file = file
    this.#target = target
    this.#dating = new Dating(year)
  }

  /** How many lines there were so far. */
  get lines(): number {
    return this.#lines
  }

  take(segment: FoundSegment): void {
    if ('records' in segment) this.#takeRead(segment)
    else this.#readRuns(segment)
    this.#lines += segment.lines
  }

  /** Counts the lines of a document that is read otherwise. */
  countLines(text: string): void {
    this.#lines += text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
  }

  /** What the file states, once it is over. */
  end(): FoldedFact[] {
    for (const undated of this.#records.end()) this.#takeUndated(readRecord(undated), 0)
    for (const dated of this.#dating.end()) this.#takeDated(dated)
    return this.#fold.facts()
  }

  /** Takes records that are in their place already. */
  takeRecords(records: readonly PlacedRecord[]): void {
    for (const record of records) this.#takeFacts(readFacts(record), record.message)
  }

  /** What the segment before has read beyond its end is not read again. */
  #takeRead({ records, readTo }: ReadSegment): void {
    const before = this.#lines
    for (const record of records) {
      if (before + record.line > this.#readTo) this.#takeUndated(record, before)
    }
    this.#readTo = Math.max(this.#readTo, before + readTo)
  }

  #readRuns({ runs }: SearchedSegment): void {
    for (const { text, number } of linesOf(runs)) {
      const line = this.#lines + number
      if (line <= this.#readTo) continue
      this.#readTo = line
      for (const undated of this.#records.push(text, line)) this.#takeUndated(readRecord(undated), 0)
    }
  }

  #takeUndated(record: ReadRecord, linesBefore: number): void {
    for (const dated of this.#dating.take({ ...record, line: linesBefore + record.line })) {
      this.#takeDated(dated)
    }
  }

  #takeDated({ one: { statements, line, imageEvent }, time }: Dated<ReadRecord>): void {
    const source = { file: this.#file, line }
    this.#takeFacts(
      statements.map((statement) => factOf(statement, time, source)),
      imageEvent,
    )
  }

  #takeFacts(facts: readonly Fact[], imageEvent: string | undefined): void {
    for (const fact of facts) {
      this.#fold.add(fact)
      this.#target.onFact?.(fact)
    }
    if (imageEvent === undefined) return
    for (const { id, names } of this.#names.read({ message: imageEvent }))
      this.#target.imageNames.set(id, names)
  }
}
