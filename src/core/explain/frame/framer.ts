import { isBareMessage } from './bare-message.ts'
import { Calendar } from './calendar.ts'
import type { Carried } from './carried.ts'
import type { ClockText } from './clock-text.ts'
import { OpenRecord } from './continuation.ts'
import { DescribedObject } from './described-object.ts'
import { eventRow, type EventRow } from './event-rows.ts'
import { FieldLines } from './field-lines.ts'
import { exportedEntries } from './log-export.ts'
import type { LogRecord, Reading } from './log-record.ts'
import { PartialLines } from './partial-lines.ts'
import { plainLine } from './plain-line.ts'
import { splitRecords } from './split-records.ts'
import { structuredMessage } from './structured-message.ts'
import { TableReader } from './table-row.ts'
import { toldEvent } from './told-event.ts'
import { unpack } from './unpack.ts'

/** What is known of a file before its first line. */
export interface FrameOptions {
  /** The file as it is named in evidence. */
  file: string
  /** The year of its first line, where lines do not say. */
  year?: number
  /** The node it is from, where lines do not say. */
  node?: string
}

/** Makes records of the lines of one file. Records may come later than their lines, never in another order. */
export interface Framer {
  /** `number` is the line's, from 1; without one it is the next. Between lines whose numbers leave a gap nothing goes on. */
  push(line: string, number?: number): LogRecord[]
  /** The records held back at the end of the file. */
  end(): LogRecord[]
}

/** How many records wait at most for a neighbour to tell year and zone. */
const MOST_WAITING = 5000
const MOST_RAW = 2000
const CLOCK = /\d\d:\d\d:\d\d/
const KLOG_HEADER = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d+ [^:\]\s]{1,120}:\d+\] ?/
const NONE: ReadonlyMap<string, string> = new Map()
const MESSAGE_HEADING = /^\s*"?(?:[Mm]essage|note)"?:\s+(?=\S)/

/** A record whose instant, and maybe end, is not yet known. */
interface Undated {
  record: Omit<LogRecord, 'time' | keyof Reading>
  open: OpenRecord
  values: ReadonlyMap<string, string> | undefined
  clock: ClockText | undefined
  row: EventRow | undefined
  turns: number
}

/** Starts to frame a file. */
export function createFramer(options: FrameOptions): Framer {
  const { year } = options
  const calendar = new Calendar(year)
  const lines = new LineReader(options)
  let waiting: Undated[] = []
  let isWaiting = true

  const release = (undated: readonly Undated[]) => undated.map((one) => dated(one, calendar))
  return {
    push(line, number) {
      for (const undated of lines.read(line, number)) {
        calendar.learn(undated.clock, undated.open.texts()[0] ?? '')
        waiting.push({ ...undated, turns: calendar.turns })
      }
      if (calendar.isSettled || waiting.length >= MOST_WAITING) isWaiting = false
      if (isWaiting) return []
      // The last record may go on in the next line.
      const last = waiting.pop()
      const records = release(waiting)
      waiting = last === undefined ? [] : [last]
      return records
    },
    end() {
      const records = release(waiting)
      waiting = []
      return records
    },
  }
}

function dated({ record, open, values, clock, row, turns }: Undated, calendar: Calendar): LogRecord {
  const [first, ...others] = open.texts().map((text) => readingOf(text, values))
  const reading = first ?? { message: '', values: NONE, text: '' }
  const told = record.event === undefined ? toldEvent(reading) : undefined
  const { node, from, isFramed, event, row: kind, source, raw } = record
  // Written out: objects put together from others are several times slower to make and to read.
  return {
    message: told?.message ?? reading.message,
    values: reading.values,
    text: told ? plainText(told.message) : reading.text,
    others: others.length > 0 ? others : undefined,
    time: row ? calendar.ago(row.ageText, row.age, clock) : calendar.date(clock, turns),
    node,
    from,
    event: told?.event ?? event,
    row: kind,
    isFramed,
    source,
    raw,
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
  return { ...(structuredMessage(text) ?? { message: text, values: NONE }), text: plainText(text) }
}

/** Text that was quoted, maybe more than once, without its escapes. */
function plainText(text: string): string {
  return text.includes('\\') ? text.replace(/\\+(["'\\])/g, '$1').replace(/\\+[nt]/g, ' ') : text
}

/** The records on a line: of a document that is written on one, or run together. Another record has a clock of its own. */
function piecesOf(text: string, carried: Carried | undefined): string[] {
  const exported = carried ? undefined : exportedEntries(text)
  if (exported) return exported
  return CLOCK.test(carried?.rest ?? text) ? splitRecords(text) : [text]
}

/** Takes lines apart and puts records together. */
class LineReader {
  readonly #options: FrameOptions
  readonly #object = new DescribedObject()
  readonly #tables = new TableReader()
  readonly #fields = new FieldLines()
  readonly #partial = new PartialLines()
  #lineNumber = 0
  #open: { open: OpenRecord; record: { raw: string } } | undefined

  constructor(options: FrameOptions) {
    this.#options = options
  }

  /** The records that begin in a line; it may also go on with the last one. */
  read(line: string, number = this.#lineNumber + 1): Undated[] {
    if (number !== this.#lineNumber + 1) {
      this.#open = undefined
      this.#partial.forget()
    }
    this.#lineNumber = number
    const begun: Undated[] = []
    const text = this.#partial.whole(plainLine(line))
    if (text === undefined) return []
    const carried = this.#unpack(text)
    const pieces = piecesOf(text, carried)
    for (const piece of pieces) {
      const undated = this.#readPiece(piece, piece === text ? carried : this.#unpack(piece), line)
      if (!undated) continue
      begun.push(undated)
      // Prose goes on in no record.
      this.#open =
        undated.record.isFramed || isBareMessage(undated.open.texts()[0] ?? '') ? undated : undefined
    }
    return begun
  }

  #unpack(text: string): Carried | undefined {
    return unpack(text, this.#fields.read(text))
  }

  #readPiece(piece: string, carried: Carried | undefined, line: string): Undated | undefined {
    if (this.#open?.open.endsInHeader) return this.#goOn(piece, piece, line)
    const text = carried?.rest ?? piece
    if (!carried) this.#object.read(piece)
    const row = carried?.from ? undefined : eventRow(text)
    const shown = row || carried?.from ? undefined : this.#tables.read(text, this.#object)
    const heading = carried || row || shown ? null : MESSAGE_HEADING.exec(piece)
    const isAboutObject = row !== undefined || shown !== undefined || heading !== null
    if (this.#open?.open.takes(text, carried !== undefined || isAboutObject)) {
      return this.#goOn(text, piece, line)
    }
    const { file, node } = this.#options
    const event = row ? { ...this.#object.subject, ...row.event } : undefined
    return {
      record: {
        node: carried?.node ?? row?.node ?? (isAboutObject ? this.#object.node : undefined) ?? node ?? null,
        from: row || shown || heading ? 'events' : (carried?.from ?? 'unknown'),
        isFramed: carried !== undefined || isAboutObject,
        ...(event ? { event } : {}),
        ...(shown ? { row: shown } : {}),
        source: { file, line: this.#lineNumber },
        raw: line.slice(0, MOST_RAW),
      },
      open: new OpenRecord(
        row?.message ?? (heading ? piece.slice(heading[0].length) : text),
        piece.length,
        heading !== null,
      ),
      values: carried?.values,
      clock: carried?.clock,
      row,
      turns: 0,
    }
  }

  /** Adds a line to the record that is open. */
  #goOn(text: string, piece: string, line: string): undefined {
    if (!this.#open) return
    this.#open.open.add(text, piece.length)
    this.#open.record.raw = `${this.#open.record.raw}\n${line}`.slice(0, MOST_RAW)
  }
}
