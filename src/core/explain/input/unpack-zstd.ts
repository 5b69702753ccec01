import { slicesOf, type Unpacker } from './unpack.ts'

/** A window that is larger than this is refused by zstd itself too. */
const MOST_WINDOW = 128 * 1024 * 1024
/** A slice unpacks to at most thirty thousand times its length. */
const SLICE = 2 * 1024

/** What unpacks zstd: takes pieces of it, and gives what they hold before it returns. */
interface ZstdReader {
  push(piece: Uint8Array, isLast?: boolean): void
}

/** Unpacks zstd by means of a library's reader, within bounds. */
export function zstdUnpacker(reader: new (onPiece: (piece: Uint8Array) => void) => ZstdReader): Unpacker {
  return async function* (packed) {
    let ready: Uint8Array[] = []
    let isFirst = true
    const unpacker = new reader((piece) => ready.push(piece.slice()))
    for await (const piece of slicesOf(packed, SLICE)) {
      if (isFirst && windowOf(piece) > MOST_WINDOW) throw new RangeError('window too large')
      isFirst = false
      unpacker.push(piece)
      yield* ready
      ready = []
    }
    unpacker.push(new Uint8Array(0), true)
    yield* ready
  }
}

/** How much memory a frame asks for (RFC 8878 §3.1.1.1). */
function windowOf(frame: Uint8Array): number {
  const descriptor = frame[4] ?? 0
  if ((descriptor & 0x20) !== 0) return 0
  const window = frame[5] ?? 0
  const base = 2 ** (10 + (window >> 3))
  return base + (base / 8) * (window & 7)
}
