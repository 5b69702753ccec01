import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import { coded } from '../../../core/errors/kubepatrol-error.ts'

/** How the bytes of a log may be packed, by what they begin with. */
const MAGICS = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
} as const
export type Packing = keyof typeof MAGICS

/** No log is packed as tightly as this; what is, is made to fill a disk or to keep a reader busy. */
const MOST_RATIO = 500
const LEAST_SUSPECT = 256 * 1024 * 1024
/** A window of zstd that is larger than this is refused by zstd itself too. */
const MOST_ZSTD_WINDOW = 128 * 1024 * 1024
const PIECE = 512 * 1024
/** A slice of gzip unpacks to at most a thousand times its length, one of zstd to thirty thousand times. */
const GZIP_SLICE = 32 * 1024
const ZSTD_SLICE = 2 * 1024

/** How bytes with this beginning are packed; undefined when they are not. */
export function packingOf(beginning: Uint8Array): Packing | undefined {
  const names = Object.keys(MAGICS) as Packing[]
  return names.find((name) => MAGICS[name].every((byte, index) => beginning[index] === byte))
}

/**
 * Unpacks bytes as they come; throws, after what could be read, where they are cut or damaged.
 * @throws {KubepatrolError} KP_INPUT_TOO_DENSE for what unpacks to more than any log would.
 */
export async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  packing: Packing,
  path: string,
): AsyncGenerator<Uint8Array> {
  let into = 0
  let out = 0
  const counted = (async function* () {
    for await (const piece of packed) {
      into += piece.length
      yield piece
    }
  })()
  for await (const piece of UNPACKERS[packing](counted)) {
    out += piece.length
    if (out > LEAST_SUSPECT && out > into * MOST_RATIO) throw coded('KP_INPUT_TOO_DENSE', { path })
    yield piece
  }
}

const UNPACKERS: Readonly<Record<Packing, (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>>> =
  {
    gzip: gunzip,
    xz: unpackXz,
    zstd: unpackZstd,
  }

/** What zlib gives before it meets a cut or damage is handed on first. The next slice is unpacked meanwhile. */
async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const zlib = createGunzip({ chunkSize: PIECE })
  const failed = once(zlib, 'error').then(([cause]) => Promise.reject(cause as Error))
  failed.catch(() => {})
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
    await Promise.race([once(zlib, 'end'), failed])
  } catch (cause) {
    yield* take()
    throw cause
  } finally {
    zlib.destroy()
  }
  yield* ready
}

/** Small slices, so that what one unpacks to has room in memory whatever it is. */
async function* slicesOf(pieces: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += length) yield piece.subarray(at, at + length)
  }
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
  let ready: Uint8Array[] = []
  let isFirst = true
  const unpacker = new Decompress((piece) => ready.push(piece.slice()))
  for await (const piece of slicesOf(packed, ZSTD_SLICE)) {
    if (isFirst && zstdWindow(piece) > MOST_ZSTD_WINDOW) throw new RangeError('window too large')
    isFirst = false
    unpacker.push(piece)
    yield* ready
    ready = []
  }
  unpacker.push(new Uint8Array(0), true)
  yield* ready
}

/** How much memory a frame of zstd asks for (RFC 8878 §3.1.1.1). */
function zstdWindow(frame: Uint8Array): number {
  const descriptor = frame[4] ?? 0
  if ((descriptor & 0x20) !== 0) return 0
  const window = frame[5] ?? 0
  const base = 2 ** (10 + (window >> 3))
  return base + (base / 8) * (window & 7)
}
