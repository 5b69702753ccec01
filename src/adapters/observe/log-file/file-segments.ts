import { readSync } from 'node:fs'
import type { FileKind } from '../../../core/explain/search/reach.ts'
import {
  LOOK_AHEAD,
  LOOK_BACK,
  SEGMENT,
  type SearchedSegment,
  type SegmentSearch,
} from '../../../core/explain/search/segment-search.ts'

/** A file in which any place can be read. */
export interface SeekableFile {
  fd: number
  size: number
}

/** How many segments a file of so many bytes has. */
export function segmentCount(size: number): number {
  return Math.ceil(size / SEGMENT)
}

/** Reads one segment of a file with its surroundings and searches it. What has gone since is read as if the file ended. */
export function searchFileSegment(
  search: SegmentSearch,
  { fd, size }: SeekableFile,
  kind: FileKind,
  segment: number,
): SearchedSegment {
  const start = segment * SEGMENT
  const before = Math.min(start, LOOK_BACK)
  const end = Math.min(size, start + SEGMENT + LOOK_AHEAD)
  const got = readFully(fd, search.room.subarray(LOOK_BACK - before), start - before, end - start + before)
  const length = Math.max(0, Math.min(SEGMENT, got - before))
  if (length === 0) return { lines: 0, runs: [] }
  return search.search({ segment, before, length, after: got - before - length }, kind)
}

function readFully(fd: number, into: Uint8Array, position: number, length: number): number {
  let got = 0
  while (got < length) {
    const read = readSync(fd, into, got, length - got, position + got)
    if (read === 0) break
    got += read
  }
  return got
}
