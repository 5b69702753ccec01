import { isBareMessage } from './bare-message.ts'
import type { Carried } from './carried.ts'
import { OpenRecord } from './continuation.ts'
import { DescribedObject } from './described-object.ts'
import { eventRow } from './event-rows.ts'
import { FieldLines } from './field-lines.ts'
import { exportedEntries } from './log-export.ts'
import type { LogRecord, Reading } from './log-record.ts'
import { PartialLines } from './partial-lines.ts'
import { plainLine } from './plain-line.ts'
import { splitRecords } from './split-records.ts'
import { zoneOf, type StatedTime } from './stated-time.ts'
import { TableReader } from './table-row.ts'
import { unpack } from './unpack.ts'

/** A record whose end is not yet known. */
export interface BegunRecord {
  record: Omit<LogRecord, keyof Reading>
  /** The line it begins in. */
  line: number
  stated: StatedTime
  /** Its text, which may go on. */
  open: OpenRecord
  /** The pairs of a JSON record. */
  values: ReadonlyMap<string, string> | undefined
}

const MOST_RAW = 2000
const CLOCK = /\d\d:\d\d:\d\d/
const MESSAGE_HEADING = /^\s*"?(?:[Mm]essage|note)"?:\s+(?=\S)/

/** The records on a line: of a document that is written on one, or run together. Another record has a clock of its own. */
function piecesOf(text: string, carried: Carried | undefined): string[] {
  const exported = carried ? undefined : exportedEntries(text)
  if (exported) return exported
  return CLOCK.test(carried?.rest ?? text) ? splitRecords(text) : [text]
}

/** Takes lines apart and puts records together. */
export class LineReader {
  /** The node that the lines are from, where they do not say. */
  readonly #node: string | undefined
  readonly #object = new DescribedObject()
  readonly #tables = new TableReader()
  readonly #fields = new FieldLines()
  readonly #partial = new PartialLines()
  #lineNumber = 0
  #open: { open: OpenRecord; record: { raw: string } } | undefined

  constructor(node?: string) {
    this.#node = node
  }

  /**
   * The records that begin in a line; it may also go on with the last one. Between lines whose numbers leave a gap
   * nothing goes on.
   */
  read(line: string, number = this.#lineNumber + 1): BegunRecord[] {
    if (number !== this.#lineNumber + 1) {
      this.#open = undefined
      this.#partial.forget()
    }
    this.#lineNumber = number
    const begun: BegunRecord[] = []
    const text = this.#partial.whole(plainLine(line))
    if (text === undefined) return []
    const carried = this.#unpack(text)
    const pieces = piecesOf(text, carried)
    for (const piece of pieces) {
      const one = this.#readPiece(piece, piece === text ? carried : this.#unpack(piece), line)
      if (!one) continue
      begun.push(one)
      // Prose goes on in no record.
      this.#open = one.record.isFramed || isBareMessage(one.open.texts()[0] ?? '') ? one : undefined
    }
    return begun
  }

  #unpack(text: string): Carried | undefined {
    return unpack(text, this.#fields.read(text))
  }

  #readPiece(piece: string, carried: Carried | undefined, line: string): BegunRecord | undefined {
    if (this.#open?.open.endsInHeader) return this.#goOn(piece, piece, line)
    const text = carried?.rest ?? piece
    if (!carried) this.#object.read(piece)
    const row = carried?.from ? undefined : eventRow(text, carried?.clock !== undefined)
    const shown = row || carried?.from ? undefined : this.#tables.read(text, this.#object)
    const heading = carried || row || shown ? null : MESSAGE_HEADING.exec(piece)
    const isAboutObject = row !== undefined || shown !== undefined || heading !== null
    if (this.#open?.open.takes(text, carried !== undefined || isAboutObject)) {
      return this.#goOn(text, piece, line)
    }
    const begin = row?.message ?? (heading ? piece.slice(heading[0].length) : text)
    const clock = carried?.clock ?? row?.clock
    if (shown === 'condition' && piece.includes('DiskPressure')) this.#object.learnNode()
    const about = heading && this.#object.kind === 'Pod' ? { ...this.#object.subject, reason: '' } : undefined
    const event = row ? { ...this.#object.subject, ...row.event } : (carried?.event ?? about)
    return {
      record: {
        node:
          carried?.node ?? row?.node ?? (isAboutObject ? this.#object.node : undefined) ?? this.#node ?? null,
        from: row || shown || heading ? 'events' : (carried?.from ?? 'unknown'),
        isFramed: carried !== undefined || isAboutObject,
        ...(event ? { event } : {}),
        ...(shown ? { row: shown } : {}),
        raw: line.slice(0, MOST_RAW),
      },
      line: this.#lineNumber,
      stated: {
        clock,
        zone: zoneOf(carried?.clock, begin),
        age:
          row && (row.ageText !== undefined || !clock)
            ? { text: row.ageText, milliseconds: row.age }
            : undefined,
      },
      open: new OpenRecord(begin, piece.length, heading !== null),
      values: carried?.values,
    }
  }

  /** Adds a line to the record that is open. */
  #goOn(text: string, piece: string, line: string): undefined {
    if (!this.#open) return
    this.#open.open.add(text, piece.length)
    this.#open.record.raw = `${this.#open.record.raw}\n${line}`.slice(0, MOST_RAW)
  }
}
