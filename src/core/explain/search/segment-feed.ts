import type { FileKind } from './reach.ts'
import { findIn, type FoundSegment } from '../read-segment.ts'
import { LOOK_AHEAD, LOOK_BACK, SEGMENT, type SegmentSearch } from './segment-search.ts'

/** Cuts a stream of bytes into segments, however they come, and searches them. */
export class SegmentFeed {
  readonly #search: SegmentSearch
  readonly #kind: FileKind
  #segment = 0
  #before = 0
  /** How many bytes there are from the beginning of the segment on. */
  #have = 0

  constructor(search: SegmentSearch, kind: FileKind) {
    this.#search = search
    this.#kind = kind
  }

  /** Takes the next bytes; gives the segments that are complete by now. */
  push(bytes: Uint8Array): FoundSegment[] {
    const done: FoundSegment[] = []
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + SEGMENT + LOOK_AHEAD - this.#have)
      this.#search.room.set(piece, LOOK_BACK + this.#have)
      this.#have += piece.length
      at += piece.length
      if (this.#have === SEGMENT + LOOK_AHEAD) done.push(this.#next(SEGMENT))
    }
    return done
  }

  /** The segments that are left when no more bytes come. */
  end(): FoundSegment[] {
    const done: FoundSegment[] = []
    while (this.#have > 0) done.push(this.#next(Math.min(SEGMENT, this.#have)))
    return done
  }

  #next(length: number): FoundSegment {
    const extent = { segment: this.#segment++, before: this.#before, length, after: this.#have - length }
    const found = findIn(this.#search, extent, this.#kind)
    this.#have -= length
    this.#before = LOOK_BACK
    this.#search.room.copyWithin(0, length, LOOK_BACK + length + extent.after)
    return found
  }
}

/** What is found in the segments of a stream, in order. */
export async function* searchStream(
  search: SegmentSearch,
  bytes: AsyncIterable<Uint8Array>,
  kind: FileKind,
): AsyncGenerator<FoundSegment> {
  const feed = new SegmentFeed(search, kind)
  try {
    for await (const piece of bytes) yield* feed.push(piece)
  } finally {
    // What came before a failure is read too.
    yield* feed.end()
  }
}
