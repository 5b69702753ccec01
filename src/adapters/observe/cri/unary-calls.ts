import { connect as connectHttp2, constants, type ClientHttp2Session } from 'node:http2'
import { connect as connectSocket } from 'node:net'
import type { Clock } from '../../../core/observe/clock.ts'
import type { Duration } from '../../../core/units/duration.ts'
import { CallFailure, connectionFailure, statusFailure } from './call-failure.ts'

/** How calls are made. */
export interface CallOptions {
  clock: Clock
  /** For one call. */
  timeMs: Duration
  /** An answer may have so many bytes. */
  mostBytes: number
}

/** Calls of a gRPC server, each with one message and one answer. */
export interface UnaryCalls {
  /** @param method such as `runtime.v1.RuntimeService/Version` @throws {CallFailure} */
  call(method: string, message: Uint8Array): Promise<Uint8Array>
  close(): void
}

const PREFIX_BYTES = 5

/**
 * Speaks gRPC over a unix socket: HTTP/2 with a prefix of five bytes before each message. The connection is made with
 * the first call and made anew after one that broke or hung.
 */
export function unaryCalls(socket: string, { clock, timeMs, mostBytes }: CallOptions): UnaryCalls {
  let session: ClientHttp2Session | undefined

  const open = (): ClientHttp2Session => {
    if (session && !session.closed && !session.destroyed) return session
    const opened = connectHttp2('http://localhost', { createConnection: () => connectSocket(socket) })
    // What happens to the connection happens to the calls on it; nobody else asks, and it keeps no process alive.
    opened.on('error', () => undefined)
    opened.unref()
    return (session = opened)
  }

  return {
    call(method, message) {
      return new Promise((resolve, reject) => {
        const on = open()
        const fail = (cause: unknown) => {
          cancel()
          reject(connectionFailure(cause))
        }
        const cancel = clock.after(timeMs, () => {
          // One that hangs may hang the others, too.
          on.destroy()
          fail(new CallFailure('timed-out', `no answer within ${timeMs / 1000} s`))
        })
        const closed = () => fail(new CallFailure('unreachable', 'the connection was closed'))
        on.once('error', fail).once('close', closed)
        receive(on, method, message, mostBytes)
          .then(resolve, fail)
          .finally(() => {
            cancel()
            on.removeListener('error', fail).removeListener('close', closed)
          })
      })
    },
    close: () => session?.destroy(),
  }
}

function receive(
  session: ClientHttp2Session,
  method: string,
  message: Uint8Array,
  mostBytes: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      'user-agent': 'kubepatrol',
    })
    const pieces: Buffer[] = []
    let bytes = 0
    let said: Record<string, unknown> = {}
    const hear = (headers: Record<string, unknown>) => (said = { ...said, ...headers })
    stream.on('response', hear).on('trailers', hear).on('error', reject)
    stream.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes <= mostBytes + PREFIX_BYTES) return pieces.push(piece)
      stream.close(constants.NGHTTP2_CANCEL)
      return reject(new CallFailure('too-large', `an answer of more than ${mostBytes} bytes`))
    })
    stream.on('close', () => {
      const [status, text] = ['grpc-status', 'grpc-message'].map((name) => said[name] as string | undefined)
      if (said[':status'] !== 200) reject(new CallFailure('garbled', 'an answer that is not of gRPC'))
      else if (status !== '0') reject(statusFailure(status, text))
      else settle(Buffer.concat(pieces), resolve, reject)
    })
    stream.end(framed(message))
  })
}

function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

function settle(
  body: Buffer,
  resolve: (message: Uint8Array) => void,
  reject: (failure: CallFailure) => void,
): void {
  const isWhole = body.length >= PREFIX_BYTES && body.readUInt32BE(1) === body.length - PREFIX_BYTES
  if (isWhole && body[0] === 0) resolve(body.subarray(PREFIX_BYTES))
  else reject(new CallFailure('garbled', 'an answer that is not one whole message'))
}
