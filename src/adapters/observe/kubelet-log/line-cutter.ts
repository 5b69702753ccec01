import { MOST_LOGGED_LINE, type LoggedLine } from '../../../core/observe/host/kubelet-log.ts'

const NEWLINE = 10

/** Cuts the bytes of one file into lines, whatever pieces they come in. */
export class LineCutter {
  readonly #file: string
  /** The number of the last line; undefined where nobody counted the lines before. */
  #line: number | undefined
  #begun: Buffer[] = []
  #begunBytes = 0
  /** Whether what comes up to the next end of a line belongs to a line whose beginning was not read. */
  #isCut: boolean

  /** `startsAt`: the offset of the first byte that is pushed; in the middle of a file that may be amid a line. */
  constructor(file: string, startsAt: number) {
    this.#file = file
    this.#line = startsAt === 0 ? 0 : undefined
    this.#isCut = startsAt > 0
  }

  push(bytes: Buffer): LoggedLine[] {
    const lines: LoggedLine[] = []
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      this.#keep(bytes.subarray(from, end))
      lines.push(...this.end())
      from = end + 1
    }
    // A copy: the piece that it is of is used again.
    this.#keep(Buffer.from(bytes.subarray(from)))
    return lines
  }

  /** The line that is begun, as though it had ended. */
  end(): LoggedLine[] {
    const bytes = Buffer.concat(this.#begun)
    this.#begun = []
    this.#begunBytes = 0
    if (this.#line !== undefined) this.#line++
    const wasCut = this.#isCut
    this.#isCut = false
    if (wasCut || bytes.length === 0) return []
    const text = bytes.toString('utf8').replace(/\r$/, '').replaceAll('\0', '')
    return [{ text, position: { file: this.#file, line: this.#line ?? 0 } }]
  }

  #keep(bytes: Buffer): void {
    const kept = bytes.subarray(0, Math.max(0, MOST_LOGGED_LINE - this.#begunBytes))
    if (kept.length > 0) this.#begun.push(kept)
    this.#begunBytes += kept.length
  }
}
