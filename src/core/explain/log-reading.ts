import type { Fact, FoldedFact } from './facts/fact.ts'
import { FactFold } from './fold.ts'
import { createFramer, type FrameOptions, type Framer } from './frame/framer.ts'
import type { LogRecord } from './frame/log-record.ts'
import { imageNameReader } from './image-names.ts'
import { readFacts } from './read-facts.ts'
import type { FileKind } from './search/reach.ts'
import { MOST_LINE, SEGMENT, type SearchedSegment } from './search/segment-search.ts'

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
  const framer = createFramer({ file: '' })
  const records = [...lines.flatMap((line) => framer.push(line)), ...framer.end()]
  return records.filter(({ isFramed }) => isFramed).length >= lines.length * LEAST_FRAMED && lines.length > 0
}

/** Where what is read goes. */
export interface ReadingTarget {
  imageNames: Map<string, readonly string[]>
  /** Called with every fact, unfolded. */
  onFact?: ((fact: Fact) => void) | undefined
}

/** Reads one file from what was found in its segments, which come in order. */
export class LogReading {
  readonly #framer: Framer
  readonly #names = imageNameReader()
  readonly #target: ReadingTarget
  readonly #fold = new FactFold()
  #lines = 0
  /** The last line that was read. */
  #read = 0

  constructor(options: FrameOptions, target: ReadingTarget) {
    this.#framer = createFramer(options)
    this.#target = target
  }

  /** How many lines there were so far. */
  get lines(): number {
    return this.#lines
  }

  take({ lines, runs }: SearchedSegment): void {
    for (const { first, text } of runs) {
      let number = this.#lines + first
      for (const line of text.split('\n')) {
        number++
        if (number <= this.#read) continue
        this.#read = number
        this.takeRecords(this.#framer.push(plainText(line), number))
      }
    }
    this.#lines += lines
  }

  /** Counts the lines of a document that is read otherwise. */
  countLines(text: string): void {
    this.#lines += text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
  }

  /** What the file states, once it is over. */
  end(): FoldedFact[] {
    this.takeRecords(this.#framer.end())
    return this.#fold.facts()
  }

  /** Takes records that need no framing. */
  takeRecords(records: readonly LogRecord[]): void {
    for (const record of records) {
      for (const fact of readFacts(record)) {
        this.#fold.add(fact)
        this.#target.onFact?.(fact)
      }
      for (const { id, names } of this.#names.read(record)) this.#target.imageNames.set(id, names)
    }
  }
}

/** A crash leaves NUL bytes where a line was being written; a line has no right to more than its length. */
function plainText(line: string): string {
  const text = line.length > MOST_LINE ? line.slice(0, MOST_LINE) : line
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text
}
