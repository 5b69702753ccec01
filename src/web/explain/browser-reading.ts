import { Decompress } from 'fzstd'
import { XzReadableStream } from 'xz-decompress'
import { parse } from 'yaml'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import type { LogSource, ReadingPlatform } from '../../core/explain/input/log-source.ts'
import { zstdUnpacker } from '../../core/explain/input/unpack-zstd.ts'
import { patternFamilies } from '../../core/explain/patterns/index.ts'
import { SegmentSearch } from '../../core/explain/search/segment-search.ts'
import { searchWords } from '../../core/explain/search/search-words.ts'
import type { DroppedFile } from './protocol.ts'
import { gunzip } from './unpack-gzip.ts'

// What begins a text is part of it, as it is for Node.js.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const decode = (bytes: Uint8Array, from: number, to: number) => decoder.decode(bytes.subarray(from, to))

/** Reads logs as a browser does. */
export function browserReading(): ReadingPlatform {
  return {
    search: new SegmentSearch(searchWords(patternFamilies), decode),
    decode,
    unpackers: { gzip: gunzip, xz: unpackXz, zstd: zstdUnpacker(Decompress) },
    parseYaml: parse,
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

async function* unpackXz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = packed[Symbol.asyncIterator]()
  const web = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
  })
  yield* piecesOf(new XzReadableStream(web))
}

/** Not every browser iterates over streams. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  let isOver = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      isOver = done
      if (done) return
      yield value
    }
  } finally {
    if (!isOver) await reader.cancel().catch(() => {})
  }
}
