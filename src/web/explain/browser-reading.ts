import { parse } from 'yaml'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { eventListRecords } from '../../core/explain/frame/event-list.ts'
import type { LogSource, ReadingPlatform } from '../../core/explain/input/log-source.ts'
import { SegmentSearch } from '../../core/explain/search/segment-search.ts'
import { browserUnpackers, piecesOf } from './browser-unpackers.ts'
import type { DroppedFile } from './protocol.ts'

// What begins a text is part of it, as it is for Node.js.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const decode = (bytes: Uint8Array, from: number, to: number) => decoder.decode(bytes.subarray(from, to))

/** Reads logs as a browser does. */
export function browserReading(): ReadingPlatform {
  return {
    search: new SegmentSearch(decode),
    decode,
    unpackers: browserUnpackers,
    // Nothing is loaded later: the server may not be there any more.
    parseYaml: async (text, options) => parse(text, options),
    readEventList: async (value, text, file) => eventListRecords(value, text, file),
  }
}

/** What somebody dropped as a source of logs; it is read as a stream, never as a whole. */
export function droppedSource({ path, file, reason }: DroppedFile): LogSource {
  return {
    path,
    async open() {
      if (reason !== undefined) throw coded('KP_INPUT_UNREADABLE', { path, reason })
      if (!file) throw coded('KP_INPUT_NO_LOGS', { path })
      return { size: file.size, bytes: () => bytesOf(file, path), close: async () => {} }
    },
  }
}

/** @throws {KubepatrolError} KP_INPUT_UNREADABLE, as when the file changed since it was dropped */
async function* bytesOf(file: Blob, path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* piecesOf(file.stream())
  } catch (cause) {
    if (cause instanceof DOMException) throw coded('KP_INPUT_UNREADABLE', { path, reason: cause.name }, cause)
    throw cause
  }
}
