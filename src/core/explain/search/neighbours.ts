import { lineEnd, lineStart, type Decode } from './line-bytes.ts'

/** How many lines of a file with prose, tables and wrapped text may belong together. */
const WIDE = 40
/** How many lines without a header of their own may belong to one with. */
const FAR = 40
const NEAR = 4
const HEADER = /[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [^\s:\]]+:\d+\] |\blevel=\w+ |"(?:MESSAGE|msg|log)"/
const MOST_HEADER = 240
/** klog's value of several lines. */
const OPENS = '=<'

/** A line in bytes. */
interface Line {
  from: number
  to: number
}

/**
 * Which lines around a found one may belong to the same record, or explain it. In a log of one record a line
 * those are lines without a header; in any other file its neighbours, whatever they are.
 */
export class Neighbours {
  readonly #bytes: Uint8Array
  readonly #decode: Decode

  constructor(bytes: Uint8Array, decode: Decode) {
    this.#bytes = bytes
    this.#decode = decode
  }

  /** The first and the end of the lines to read with the one at `line`, between `low` and `high`; how many come before. */
  around(line: Line, low: number, high: number, isLog: boolean): Line & { before: number } {
    const { from, before } = isLog ? this.#before(line, low) : this.#back(line, low, WIDE)
    return { from, before, to: isLog ? this.#after(line, high) : this.#forth(line, high, WIDE) }
  }

  #before(line: Line, low: number): { from: number; before: number } {
    let { from } = line
    let before = 0
    const most = this.#shape(line) ? NEAR : FAR
    for (let first: Line = line; before < most && !this.#hasHeader(first) && from > low; before++) {
      from = lineStart(this.#bytes, from - 1, low)
      first = { from, to: lineEnd(this.#bytes, from, line.to) }
    }
    return { from, before }
  }

  #after(line: Line, high: number): number {
    const isOpen = this.#text({ from: Math.max(line.from, line.to - 4), to: line.to })
      .trimEnd()
      .endsWith(OPENS)
    const most = isOpen || !this.#shape(line) ? FAR : NEAR
    let { to } = line
    for (let count = 0; count < most && to < high; count++) {
      const next = { from: to + 1, to: lineEnd(this.#bytes, to + 1, high) }
      if (this.#hasHeader(next)) break
      to = next.to
    }
    return to
  }

  #back(line: Line, low: number, most: number): { from: number; before: number } {
    let { from } = line
    let before = 0
    for (; before < most && from > low; before++) from = lineStart(this.#bytes, from - 1, low)
    return { from, before }
  }

  #forth({ to: end }: Line, high: number, most: number): number {
    let to = end
    for (let count = 0; count < most && to < high; count++) to = lineEnd(this.#bytes, to + 1, high)
    return to
  }

  #hasHeader(line: Line): boolean {
    return HEADER.test(this.#text(line))
  }

  /** Whether a line begins as one does that syslog or a journal wrote. */
  #shape(line: Line): boolean {
    return /^(?:\S+ +\d{1,2} \d\d:|\d{4}-\d\d-\d\d[T ]\d\d:|\{)/.test(this.#text(line))
  }

  #text({ from, to }: Line): string {
    return this.#decode(this.#bytes, from, Math.min(to, from + MOST_HEADER))
  }
}
