// Searches segments of files beside the main thread; started by SearchPool.
import { workerData } from 'node:worker_threads'
import { SegmentSearch, type SearchedSegment } from '../../../core/explain/search/segment-search.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { searchFileSegment } from './file-segments.ts'
import { SegmentClaims, type SearchAnswer, type SearchTask, type WorkerSettings } from './segment-claims.ts'

/**
 * Of a segment's megabyte, less text than this is left to the main thread to read: that has read before, and what an
 * engine has yet to warm up for is slow on each thread anew.
 */
const LITTLE = 32 * 1024

const { port } = workerData as WorkerSettings
const search = new SegmentSearch(decodeUtf8)

port.on('message', async ({ file, kind, claims: shared }: SearchTask) => {
  const claims = new SegmentClaims(shared)
  for (let segment = claims.claim(true); segment !== undefined; segment = claims.claim(true)) {
    port.postMessage({ segment, found: await searched(file, kind, segment) } satisfies SearchAnswer)
    claims.answered()
  }
})

/** Where a file cannot be read, the main thread finds out why. */
async function searched(
  file: SearchTask['file'],
  kind: SearchTask['kind'],
  segment: number,
): Promise<SearchAnswer['found']> {
  try {
    const found = searchFileSegment(search, file, kind, segment)
    if (!isMuch(found)) return found
    // Not loaded before it is needed: it is most of the program.
    const { readFound } = await import('../../../core/explain/read-segment.ts')
    return readFound(found, kind)
  } catch {
    return undefined
  }
}

function isMuch({ runs }: SearchedSegment): boolean {
  return runs.reduce((length, { text }) => length + text.length, 0) > LITTLE
}
