import { lineEnd, lineStart, type Decode } from './line-bytes.ts'
import { Neighbours } from './neighbours.ts'
import { reachOf, type FileKind } from './reach.ts'
import { fromHex, WordSearch } from './search-kernel.ts'
import { SEARCH_TABLES } from './search-tables.generated.ts'

/** A file is searched in segments of so many bytes, counted from its beginning, whoever reads it and however. */
export const SEGMENT = 1024 * 1024
/** What is known of the bytes before a segment, for the lines that its first lines go on from. */
export const LOOK_BACK = 16 * 1024
/** What is known of the bytes after it, for the end of its last line and the lines that go on from it. */
export const LOOK_AHEAD = 80 * 1024
/** A longer line is cut: no log line has a right to so much memory. */
export const MOST_LINE = 64 * 1024

/** Lines that follow each other. */
export interface Run {
  /** The number of the first, counted from the first line that begins in the segment; negative before it. */
  first: number
  text: string
}

/** What was found in a segment. */
export interface SearchedSegment {
  /** How many lines begin in it. */
  lines: number
  runs: Run[]
}

/** Which segment lies in the room, and how many of its bytes there are, before it and after it. */
export interface SegmentExtent {
  segment: number
  before: number
  length: number
  after: number
}

/** Finds the lines that any pattern could read something from, in a segment that lies in `room`. */
export class SegmentSearch {
  /** Where to put bytes: the segment at LOOK_BACK, what is before and after it on both sides. */
  readonly room: Uint8Array
  readonly #words: WordSearch
  readonly #decode: Decode
  readonly #neighbours: Neighbours

  constructor(decode: Decode) {
    this.#words = new WordSearch(fromHex(SEARCH_TABLES), LOOK_BACK + SEGMENT + LOOK_AHEAD)
    this.room = this.#words.bytes
    this.#decode = decode
    this.#neighbours = new Neighbours(this.room, decode)
  }

  search({ segment, before, length, after }: SegmentExtent, kind: FileKind): SearchedSegment {
    const { reach, head } = reachOf(kind, segment)
    const low = LOOK_BACK - before
    const high = LOOK_BACK + length + after
    const first = before === 0 ? LOOK_BACK : lineEnd(this.room, LOOK_BACK - 1, high) + 1
    const segmentEnd = LOOK_BACK + length
    if (first >= segmentEnd) return { lines: 0, runs: [] }
    // The last line is the one that the segment's last byte is in, unless that byte ends it.
    const end = this.#cutEnd(segmentEnd - 1, first, high)
    if (reach === 'whole') return this.#wholeRun(first, end)
    return this.#found({ low, first, end, high }, reach === 'log', first + head)
  }

  /** Where the line ends that holds a place; a line that is too long is cut. */
  #cutEnd(at: number, low: number, high: number): number {
    const start = lineStart(this.room, at, low)
    return Math.min(lineEnd(this.room, at, high), Math.max(start + MOST_LINE, at))
  }

  #wholeRun(first: number, end: number): SearchedSegment {
    const text = this.#decode(this.room, first, end)
    return { lines: text.split('\n').length, runs: [{ first: 0, text }] }
  }

  #found(
    { low, first, end, high }: { low: number; first: number; end: number; high: number },
    isLog: boolean,
    headEnd: number,
  ): SearchedSegment {
    const runs: (Omit<Run, 'text'> & { from: number; to: number })[] = []
    const add = (run: (typeof runs)[number]) => {
      const last = runs.at(-1)
      if (last && run.from <= last.to + 1) last.to = Math.max(last.to, run.to)
      else runs.push(run)
    }
    // The first lines are read whatever they hold: they carry the calendar over what is passed over.
    add({ first: 0, from: first, to: lineEnd(this.room, Math.min(headEnd, end), end) })
    let line = 0
    for (let at = first; at < end;) {
      const found = this.#words.find(at, end)
      line += found.lines
      if (found.at >= end) break
      const from = lineStart(this.room, found.at, first)
      const to = lineEnd(this.room, found.at, end)
      if (found.at - from < MOST_LINE) {
        const around = this.#neighbours.around({ from, to }, low, high, isLog)
        add({ first: line - around.before, from: around.from, to: around.to })
      }
      at = to
    }
    return {
      lines: line + 1,
      runs: runs.map((run) => ({ first: run.first, text: this.#decode(this.room, run.from, run.to) })),
    }
  }
}
