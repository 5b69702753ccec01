import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ApiFailure } from '../api-failure.ts'
import { networkFailure } from './network-failure.ts'

/** The content of an answer in pieces, unpacked when it is gzip. */
export function contentOf(body: Readable, encoding: string | undefined): AsyncIterable<Buffer> {
  // What happens to an answer that nobody reads any more is of no interest, and must not end the program.
  body.on('error', () => undefined)
  if (encoding === undefined || encoding === 'identity') return body
  if (encoding === 'gzip') return pipeline(body, createGunzip(), () => {})
  body.destroy()
  throw new ApiFailure('garbled', `an answer in the encoding ${encoding}, which was not asked for`)
}

/** Reads a whole answer of at most so many bytes, unpacked. */
export async function readWhole(content: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > mostBytes) throw new ApiFailure('too-large', `an answer of more than ${mostBytes} bytes`)
      pieces.push(piece)
    }
  } catch (cause) {
    throw brokenOff(cause, bytes)
  }
  return Buffer.concat(pieces)
}

/** What it means that an answer ended before its time. */
export function brokenOff(cause: unknown, bytes: number): ApiFailure {
  if (cause instanceof ApiFailure) return cause
  const { why, message } = networkFailure(cause)
  if (why === 'timed-out') return new ApiFailure(why, message, {}, cause)
  return new ApiFailure(
    'garbled',
    `the answer broke off after ${bytes} bytes: ${message}`,
    { isBroken: true },
    cause,
  )
}

/** Reads the beginning of an answer that is of no further use, and lets go of the rest. */
export async function readBeginning(content: AsyncIterable<Buffer>, mostBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  try {
    for await (const piece of content) {
      pieces.push(piece)
      bytes += piece.length
      if (bytes >= mostBytes) break
    }
  } catch {
    // What came before it broke off still says something.
  }
  return Buffer.concat(pieces).subarray(0, mostBytes).toString('utf8')
}
