import { setImmediate as turn } from 'node:timers/promises'
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads'
import { readFound, type FoundSegment } from '../../../core/explain/read-segment.ts'
import type { FileKind } from '../../../core/explain/search/reach.ts'
import { SegmentSearch } from '../../../core/explain/search/segment-search.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { searchFileSegment, segmentCount, type SeekableFile } from './file-segments.ts'
import { SegmentClaims, type SearchAnswer, type SearchTask, type WorkerSettings } from './segment-claims.ts'

/** A file with fewer segments is searched before a worker has begun. */
const LEAST_SEGMENTS = 16
const PATIENCE_MS = 20

/** Searches files on this thread and, with more than one job, on others beside it. */
export class SearchPool {
  /** This thread's own search, also for what is no file. */
  readonly search: SegmentSearch
  readonly #jobs: number
  readonly #workerUrl: URL
  #workers: { worker: Worker; port: MessagePort }[] | undefined
  #isBroken = false

  constructor(jobs: number, workerUrl: URL) {
    this.search = new SegmentSearch(decodeUtf8)
    this.#jobs = jobs
    this.#workerUrl = workerUrl
  }

  /** What is found in the segments of a file, in order. */
  async *searchFile(file: SeekableFile, kind: FileKind): AsyncGenerator<FoundSegment> {
    const count = segmentCount(file.size)
    const claims = SegmentClaims.of(count)
    const ports =
      kind === 'small' || count < LEAST_SEGMENTS ? [] : this.#start({ file, kind, claims: claims.shared })
    const waiting = new Map<number, SearchAnswer['found']>()
    const own = (segment: number) => searchFileSegment(this.search, file, kind, segment)
    try {
      for (let segment = 0; segment < count; segment++) {
        while (!waiting.has(segment)) {
          const { answers } = claims
          const isNews = receive(ports, waiting)
          const claimed = waiting.has(segment) ? undefined : claims.claim(false)
          if (claimed !== undefined) waiting.set(claimed, own(claimed))
          else if (this.#isBroken) waiting.set(segment, own(segment))
          else if (!isNews) {
            claims.awaitAnswer(answers, PATIENCE_MS)
            await turn()
          }
        }
        const found = waiting.get(segment) ?? own(segment)
        waiting.delete(segment)
        claims.readUpTo(segment + 1)
        yield readFound(found, kind)
      }
    } finally {
      claims.stop()
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers?.map(({ worker }) => worker.terminate()) ?? [])
    this.#workers = undefined
  }

  /** Gives the workers something to do; they are started when there is something for the first time. */
  #start(task: SearchTask): MessagePort[] {
    this.#workers ??= Array.from({ length: this.#jobs - 1 }, () => this.#startWorker())
    for (const { port } of this.#workers) port.postMessage(task)
    return this.#workers.map(({ port }) => port)
  }

  #startWorker(): { worker: Worker; port: MessagePort } {
    const { port1: port, port2 } = new MessageChannel()
    const workerData: WorkerSettings = { port: port2 }
    const worker = new Worker(this.#workerUrl, { workerData, transferList: [port2] })
    // What it had to do is done on this thread.
    worker.on('error', () => (this.#isBroken = true))
    worker.unref()
    return { worker, port }
  }
}

/** Takes the answers that have come; says whether there were any. */
function receive(ports: readonly MessagePort[], into: Map<number, SearchAnswer['found']>): boolean {
  let isNews = false
  for (const port of ports) {
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const { segment, found } = next.message as SearchAnswer
      into.set(segment, found)
      isNews = true
    }
  }
  return isNews
}
