import { LineReader, type BegunRecord } from './line-reader.ts'
import type { LogRecord, Reading } from './log-record.ts'
import type { StatedTime } from './stated-time.ts'
import { structuredMessage } from './structured-message.ts'
import { toldEvent } from './told-event.ts'

/** A record with the line it begins in, and what it says of its time. */
export interface UndatedRecord {
  record: LogRecord
  line: number
  stated: StatedTime
}

const KLOG_HEADER = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d+ [^:\]\s]{1,120}:\d+\] ?/
const NONE: ReadonlyMap<string, string> = new Map()

/** Makes records of lines. A record comes once it is over: with the line after its last one. */
export class RecordReader {
  readonly #lines: LineReader
  #last: BegunRecord | undefined

  /** @param node The node that the lines are from, where they do not say. */
  constructor(node?: string) {
    this.#lines = new LineReader(node)
  }

  /** The records that are over; without a number a line is the next one. */
  push(line: string, number?: number): UndatedRecord[] {
    const over: BegunRecord[] = []
    for (const begun of this.#lines.read(line, number)) {
      if (this.#last) over.push(this.#last)
      this.#last = begun
    }
    return over.map(ended)
  }

  /** The record that was not over before the lines were. */
  end(): UndatedRecord[] {
    const last = this.#last
    this.#last = undefined
    return last ? [ended(last)] : []
  }
}

function ended({ record, line, stated, open, values }: BegunRecord): UndatedRecord {
  const [first, ...others] = open.texts().map((text) => readingOf(text, values))
  const reading = first ?? { message: '', values: NONE, text: '' }
  const told = record.event === undefined ? toldEvent(reading) : undefined
  const { node, from, isFramed, event, row, raw } = record
  return {
    line,
    stated,
    // Written out: objects put together from others are several times slower to make and to read.
    record: {
      message: told?.message ?? reading.message,
      values: reading.values,
      text: told ? plainText(told.message) : reading.text,
      others: others.length > 0 ? others : undefined,
      node,
      from,
      event: told?.event ?? event,
      row,
      isFramed,
      raw,
    },
  }
}

function readingOf(whole: string, values: ReadonlyMap<string, string> | undefined): Reading {
  // What a terminal broke in the middle of klog's header has it still.
  const text = whole.trimStart().replace(KLOG_HEADER, '')
  if (values) {
    // As klog writes it in a line of text.
    const pairs = [...values].map(([key, value]) => `${key}="${value}"`)
    return { message: text, values, text: plainText([`"${text}"`, ...pairs].join(' ')) }
  }
  const structured = structuredMessage(text)
  return { message: structured?.message ?? text, values: structured?.values ?? NONE, text: plainText(text) }
}

/** Text that was quoted, maybe more than once, without its escapes. */
function plainText(text: string): string {
  return text.includes('\\') ? text.replace(/\\+(["'\\])/g, '$1').replace(/\\+[nt]/g, ' ') : text
}
