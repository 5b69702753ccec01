import {
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  Z_BUF_ERROR,
} from 'pako'
import { slicesOf } from '../../core/explain/input/unpack.ts'

/** A slice unpacks to at most a thousand times its length. */
const SLICE = 32 * 1024
const PIECE = 512 * 1024
/** 15 bits of window, and a header of gzip. */
const GZIP_WINDOW = 15 + 16

/**
 * Unpacks gzip as zlib does: all members of a file, their checksums proved, and what comes before a cut or damage.
 * The browser's own DecompressionStream gives up at the second member and drops what it has not handed on.
 */
export async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const stream = new ZStream()
  zlibInflateInit2(stream, GZIP_WINDOW)
  let isBetween = false
  for await (const slice of slicesOf(packed, SLICE)) {
    stream.input = slice
    stream.next_in = 0
    stream.avail_in = slice.length
    do {
      if (isBetween) {
        // Zeros fill up a tape; nothing follows them.
        if (slice[stream.next_in] === 0) return
        zlibInflateReset(stream)
      }
      const { status, piece } = inflateOnce(stream)
      if (piece.length > 0) yield piece
      if (status !== Z_OK && status !== Z_STREAM_END && status !== Z_BUF_ERROR)
        throw new RangeError(stream.msg)
      isBetween = status === Z_STREAM_END
    } while (stream.avail_in > 0 || (stream.avail_out === 0 && !isBetween))
  }
  if (!isBetween) throw new RangeError('unexpected end of file')
}

/** Unpacks on, into what is left of a piece of memory or into a new one. */
function inflateOnce(stream: ZStream) {
  if (stream.avail_out === 0) {
    stream.output = new Uint8Array(PIECE)
    stream.next_out = 0
    stream.avail_out = PIECE
  }
  const from = stream.next_out
  const status = zlibInflate(stream, Z_NO_FLUSH)
  return { status, piece: stream.output.subarray(from, stream.next_out) }
}
