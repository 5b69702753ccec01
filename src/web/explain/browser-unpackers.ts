import { Decompress } from 'fzstd'
import * as xz from 'xz-decompress'
import type { Unpackers } from '../../core/explain/input/unpack.ts'
import { zstdUnpacker } from '../../core/explain/input/unpack-zstd.ts'
import { gunzip } from './unpack-gzip.ts'

/** Unpacks by libraries that are part of the worker: nothing is loaded when somebody drops a file. */
export const browserUnpackers: Unpackers = { gzip: gunzip, xz: unpackXz, zstd: zstdUnpacker(Decompress) }

async function* unpackXz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = packed[Symbol.asyncIterator]()
  const web = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
  })
  yield* piecesOf(new xz.XzReadableStream(web))
}

/** The pieces of a stream; not every browser iterates over one. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
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
