// Searches segments of files beside the main thread; started by SearchPool.
import { workerData } from 'node:worker_threads'
import { SegmentSearch } from '../../../core/explain/search/segment-search.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { searchFileSegment } from './file-segments.ts'
import { SegmentClaims, type SearchAnswer, type SearchTask, type WorkerSettings } from './segment-claims.ts'

const { port } = workerData as WorkerSettings
const search = new SegmentSearch(decodeUtf8)

port.on('message', ({ file, kind, claims: shared }: SearchTask) => {
  const claims = new SegmentClaims(shared)
  for (let segment = claims.claim(true); segment !== undefined; segment = claims.claim(true)) {
    port.postMessage({ segment, found: searched(file, kind, segment) } satisfies SearchAnswer)
    claims.answered()
  }
})

/** Where a file cannot be read, the main thread finds out why. */
function searched(
  file: SearchTask['file'],
  kind: SearchTask['kind'],
  segment: number,
): SearchAnswer['found'] {
  try {
    return searchFileSegment(search, file, kind, segment)
  } catch {
    return undefined
  }
}
