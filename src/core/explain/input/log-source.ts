import type { PlacedRecord } from '../frame/log-record.ts'
import type { FoundSegment } from '../read-segment.ts'
import type { Decode } from '../search/line-bytes.ts'
import type { FileKind } from '../search/reach.ts'
import type { SegmentSearch } from '../search/segment-search.ts'
import type { Unpackers } from './unpack.ts'

/** What logs are read from: a file, standard input, what somebody dropped on a page. */
export interface LogSource {
  /** As it is named in evidence. */
  path: string
  /** @throws {KubepatrolError} KP_INPUT_UNREADABLE */
  open(): Promise<OpenLog>
}

/** A source that is open for reading. */
export interface OpenLog {
  /** How many bytes it has; absent where nobody knows, as of a pipe. */
  size?: number
  /** Its bytes from the beginning, as they come. */
  bytes(): AsyncIterable<Uint8Array>
  /** Set where any place in it can be read at any time: finds what its segments hold, in order. */
  searchInPlace?: (kind: FileKind) => AsyncIterable<FoundSegment>
  close(): Promise<void>
}

/** What the reading of logs asks of where it runs. */
export interface ReadingPlatform {
  search: SegmentSearch
  decode: Decode
  unpackers: Unpackers
  /** Reads YAML, unfolding no more aliases than so many. Fails when it is none. */
  parseYaml(text: string, options: { maxAliasCount: number }): Promise<unknown>
  /** `eventListRecords`, which may be loaded when there is a document of events. */
  readEventList(value: unknown, text: string, file: string): Promise<PlacedRecord[] | undefined>
}

/** How far the reading of a source is, of how many bytes; of a stream nobody knows. */
export interface ReadBytes {
  read: number
  total: number | undefined
}
