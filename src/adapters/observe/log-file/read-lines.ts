import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'
import { coded } from '../../../core/errors/kubepatrol-error.ts'

/** A longer line is cut: no log line has a right to so much memory. */
const MOST_LINE = 64 * 1024
const SNIFFED = 64 * 1024

/**
 * The lines of a log, plain or gzip, read in pieces. `-` is standard input.
 * @throws {KubepatrolError} KP_INPUT_UNREADABLE; KP_INPUT_BINARY for what is no text; KP_INPUT_TRUNCATED, after
 * the lines that could be read, for a compressed file that is cut or damaged.
 */
export async function* readLines(location: string, input: Readable = process.stdin): AsyncGenerator<string> {
  const bytes = location === '-' ? input : createReadStream(location)
  let lines = 0
  let isCompressed = false
  try {
    const pieces = piecesOf(bytes, () => (isCompressed = true))
    for await (const line of linesOf(pieces, location)) {
      lines++
      yield line
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code?.startsWith('KP_')) throw cause
    if (isCompressed) throw coded('KP_INPUT_TRUNCATED', { path: location, lines }, cause)
    throw coded('KP_INPUT_UNREADABLE', { path: location, reason: code ?? message }, cause)
  } finally {
    bytes.destroy()
  }
}

/** The content, unpacked when its first bytes are those of gzip. */
async function* piecesOf(bytes: Readable, onCompressed: () => void): AsyncGenerator<Buffer> {
  const iterator = bytes[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await iterator.next()
  if (first.done) return
  const all = (async function* () {
    yield first.value
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  })()
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) return yield* all
  onCompressed()
  yield* pipeline(all, createGunzip(), () => {}) as unknown as AsyncIterable<Buffer>
}

async function* linesOf(pieces: AsyncIterable<Buffer>, location: string): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let seen = 0
  for await (const piece of pieces) {
    if (seen < SNIFFED && piece.subarray(0, SNIFFED - seen).includes(0))
      throw coded('KP_INPUT_BINARY', { path: location })
    seen += piece.length
    const lines = (rest + decoder.write(piece)).split('\n')
    rest = (lines.pop() ?? '').slice(0, MOST_LINE)
    for (const line of lines) yield line.slice(0, MOST_LINE)
  }
  rest += decoder.end()
  if (rest !== '') yield rest
}
