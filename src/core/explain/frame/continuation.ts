import { beginsMessage } from './bare-message.ts'

/** A record over more lines than this, or longer, is cut there. */
const MOST_LINES = 40
const MOST_LENGTH = 16_384
/** Nobody wraps lines narrower than this. */
const LEAST_WIDTH = 50
const BEGINS_OTHERWISE =
  /^(?:```|~~~|#{1,6} |<\/?[a-z]+|\$ |\[?root@|[\w.-]+@[\w.-]+[:~]|(?:LAST SEEN|NAMESPACE|NAME|Type|Events|Conditions|Filesystem)\b)/
/** A header of klog that is not over yet. */
const KLOG_BEGINNING = /^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6}\s+\d+ [\w.]{0,60}(?::\d*)?$/
const HEADING = /^\s*(?:- )?"?(?:[A-Z][\w ./-]{0,40}|[a-z][\w./-]{0,60})"?:(?:\s|$)/

/** What the shell and its commands say of what they could not do: one line each. */
const COMMAND_FAILED = /^-?[a-z][\w.+-]{0,30}: (?:cannot|can't|error|failed|unable|line \d|write|open)/i

/** A record whose text may go on in the lines below. */
export class OpenRecord {
  readonly #lines: string[]
  /** How wide each line was with its carriers. */
  readonly #widths: number[]
  #length = 0
  #isBlock = false

  /** A record that is the value of a heading ends where another heading begins. */
  readonly #isValue: boolean

  constructor(text: string, width: number, isValue = false) {
    this.#isValue = isValue
    this.#lines = [text]
    this.#widths = [width]
    this.#length = text.length
    this.#isBlock = opensBlock(text)
  }

  /** Whether it ends in the middle of klog's header, so that the next line goes on with it, whatever it looks like. */
  get endsInHeader(): boolean {
    return this.#lines.length < MOST_LINES && KLOG_BEGINNING.test(this.#lines.join(''))
  }

  /** Whether a line that begins no record of its own goes on with this one. */
  takes(line: string, isFramed: boolean): boolean {
    if (this.#lines.length >= MOST_LINES || this.#length + line.length > MOST_LENGTH) return false
    if (this.#isBlock) return /^\t| >$/.test(line) || (!isFramed && line.trim() !== '')
    if (isFramed || line.trim() === '' || BEGINS_OTHERWISE.test(line)) return false
    if (beginsMessage(line) && this.#length > 0) return endsOpen(this.#lines.join(' '))
    if (COMMAND_FAILED.test(line) && COMMAND_FAILED.test(this.#lines[0] ?? '')) return false
    if (this.#isValue && HEADING.test(line)) return false
    return hasOpenEnd(this.#lines.join(' ')) || goesOn(this.#widths[0] ?? 0, line)
  }

  add(line: string, width: number): void {
    this.#lines.push(line)
    this.#widths.push(width)
    this.#length += line.length
    if (this.#isBlock) this.#isBlock = !line.endsWith(' >')
  }

  /** The texts that the lines may have been, likeliest first; one for a record of one line. */
  texts(): string[] {
    const [first = '', ...rest] = this.#lines
    if (rest.length === 0) return [first]
    if (opensBlock(first)) return [this.#lines.join('\n'), first]
    const spaced = [first, ...rest.map((line) => line.trim())].map((line) => line.trimEnd()).join(' ')
    const closed = [first, ...rest.map((line) => line.trim())].join('')
    const asBroken = this.#asBroken()
    const likeliest = this.#isBrokenAtOneWidth() ? [asBroken, spaced] : [spaced, asBroken]
    return [...new Set([...likeliest, closed, first])]
  }

  /** Only a terminal makes several lines exactly as long as each other. */
  #isBrokenAtOneWidth(): boolean {
    const broken = this.#widths.slice(0, -1)
    return broken.length > 1 && broken.every((width) => width === broken[0])
  }

  /** A terminal breaks anywhere, at one width: lines as long as the longest go on without a blank. */
  #asBroken(): string {
    const width = Math.max(...this.#widths.slice(0, -1))
    return this.#lines.reduce((text, line, index) => {
      if (index === 0) return line
      const before = this.#lines[index - 1] ?? ''
      const isBroken = this.#widths[index - 1] === width && !/\s$/.test(before) && !/^\s/.test(line)
      return isBroken ? text + line : `${text.trimEnd()} ${line.trim()}`
    }, '')
  }
}

/** klog writes a value of several lines as `key=<`, the lines, ` >` (semantics §8.1). */
function opensBlock(text: string): boolean {
  return /(?:^|\s)[A-Za-z_]\w*=<$/.test(text)
}

/** A quote or bracket is open, or the line ends in the middle of something. */
function hasOpenEnd(text: string): boolean {
  return isInQuotes(text) || endsOpen(text)
}

/** The line ends where something has to follow. A quote that was left open further back may have been cut. */
function endsOpen(text: string): boolean {
  return /[\\,:=({[/-]\s*$/.test(text) || (/"\s*$/.test(text) && isInQuotes(text))
}

function isInQuotes(text: string): boolean {
  return text.replace(/\\./g, '').split('"').length % 2 === 0
}

/** A line that is as long as a terminal is wide, or longer, and one that begins as no sentence does. */
function goesOn(width: number, line: string): boolean {
  return width >= LEAST_WIDTH && !/^\s*(?:[A-Z\u4e00-\u9fff][\w\u4e00-\u9fff]*[\s,:，。]|[-*+] )/.test(line)
}
