import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { slicesOf, type Unpackers } from '../../../core/explain/input/unpack.ts'
import { zstdUnpacker } from '../../../core/explain/input/unpack-zstd.ts'

const PIECE = 512 * 1024
/** A slice of gzip unpacks to at most a thousand times its length. */
const GZIP_SLICE = 32 * 1024

/** Unpacks with what Node.js has, and with libraries that are loaded when they are needed. */
export const nodeUnpackers: Unpackers = { gzip: gunzip, xz: unpackXz, zstd: unpackZstd }

/** What zlib gives before it meets a cut or damage is handed on first. The next slice is unpacked meanwhile. */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const zlib = createGunzip({ chunkSize: PIECE })
  const failed = once(zlib, 'error').then(([cause]) => Promise.reject(cause as Error))
  // Zeros after the last member end it before all is written.
  const ended = once(zlib, 'end')
  for (const outcome of [failed, ended]) outcome.catch(() => {})
  let ready: Uint8Array[] = []
  zlib.on('data', (piece: Uint8Array) => ready.push(piece))
  const take = () => ready.splice(0)
  try {
    let pending: Promise<unknown> = Promise.resolve()
    for await (const slice of slicesOf(packed, GZIP_SLICE)) {
      await Promise.race([pending, failed])
      const pieces = take()
      pending = new Promise((resolve) => zlib.write(slice, resolve))
      yield* pieces
    }
    await Promise.race([pending, failed])
    zlib.end()
    await Promise.race([ended, failed])
  } catch (cause) {
    yield* take()
    throw cause
  } finally {
    zlib.destroy()
  }
  yield* ready
}

interface XzModule {
  XzReadableStream: new (packed: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array>
}

async function* unpackXz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const loaded: XzModule & { default?: XzModule } = await import('xz-decompress')
  // A CommonJS module is the default of itself where it is bundled.
  const { XzReadableStream } = loaded.default ?? loaded
  const iterator = packed[Symbol.asyncIterator]()
  const web = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
  })
  yield* new XzReadableStream(web) as unknown as AsyncIterable<Uint8Array>
}

async function* unpackZstd(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  yield* zstdUnpacker(Decompress)(packed)
}
