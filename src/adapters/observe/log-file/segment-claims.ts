import type { MessagePort } from 'node:worker_threads'
import type { SeekableFile } from './file-segments.ts'
import type { FileKind } from '../../../core/explain/search/reach.ts'
import type { FoundSegment } from '../../../core/explain/read-segment.ts'

/** What a worker is started with. */
export interface WorkerSettings {
  port: MessagePort
}

/** What a worker is told to search. */
export interface SearchTask {
  file: SeekableFile
  kind: FileKind
  claims: Int32Array
}

/** What it answers; nothing was found where the file could not be read. */
export interface SearchAnswer {
  segment: number
  found: FoundSegment | undefined
}

/** How far a search may be ahead of who reads what it finds. */
const MOST_AHEAD = 32
/** Places in the claims: the next segment that nobody has, how many are read, how many there are, how many answers came. */
const NEXT = 0
const READ = 1
const COUNT = 2
const ANSWERS = 3

/** Which threads search what: every segment is claimed once, and none too early. */
export class SegmentClaims {
  readonly shared: Int32Array

  constructor(shared: Int32Array) {
    this.shared = shared
  }

  static of(count: number): SegmentClaims {
    const shared = new Int32Array(new SharedArrayBuffer(16))
    shared[COUNT] = count
    return new SegmentClaims(shared)
  }

  /** The next segment to search; undefined when there is none, or none yet for who does not wait. */
  claim(waits: boolean): number | undefined {
    for (;;) {
      const next = Atomics.load(this.shared, NEXT)
      const read = Atomics.load(this.shared, READ)
      if (next >= Atomics.load(this.shared, COUNT)) return undefined
      if (next < read + MOST_AHEAD) {
        if (Atomics.compareExchange(this.shared, NEXT, next, next + 1) === next) return next
      } else if (waits) Atomics.wait(this.shared, READ, read)
      else return undefined
    }
  }

  /** Says that all segments before this one are read. */
  readUpTo(segment: number): void {
    Atomics.store(this.shared, READ, segment)
    Atomics.notify(this.shared, READ)
  }

  /** Says that nothing more is to be searched. */
  stop(): void {
    Atomics.store(this.shared, COUNT, 0)
    Atomics.add(this.shared, READ, 1)
    Atomics.notify(this.shared, READ)
  }

  answered(): void {
    Atomics.add(this.shared, ANSWERS, 1)
    Atomics.notify(this.shared, ANSWERS)
  }

  /** Sleeps until another answer comes, for so long at most. */
  awaitAnswer(known: number, milliseconds: number): void {
    Atomics.wait(this.shared, ANSWERS, known, milliseconds)
  }

  get answers(): number {
    return Atomics.load(this.shared, ANSWERS)
  }
}
