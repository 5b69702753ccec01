import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import { once } from 'node:events'

/** Bytes of protobuf: a field with a text, a number or a message within. */
export function field(number: number, value: string | number | Uint8Array): Buffer {
  if (typeof value === 'number') return Buffer.from([...digits(BigInt(number * 8)), ...digits(BigInt(value))])
  const bytes = Buffer.from(value)
  return Buffer.concat([
    Buffer.from([...digits(BigInt(number * 8 + 2)), ...digits(BigInt(bytes.length))]),
    bytes,
  ])
}

export const message = (...fields: Uint8Array[]): Buffer => Buffer.concat(fields)

function digits(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...digits(value >> 7n)]
}

/** What a fake runtime does when it is called: answers, says a status, or something else with the stream. */
type Reply = Uint8Array | { status: number; says?: string } | ((stream: ServerHttp2Stream) => void)

/** A runtime that speaks the protocol and has what it is told. */
export interface FakeCriServer {
  calls: string[]
  reply(call: string, reply: Reply): void
  close(): Promise<void>
}

/** Listens on a unix socket. What it was told no reply for is not implemented. */
export async function fakeCriServer(socket: string): Promise<FakeCriServer> {
  const calls: string[] = []
  const replies = new Map<string, Reply>()
  const server: Http2Server = createServer()
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
  })
  server.on('stream', (stream, headers) => {
    const call = String(headers[':path']).slice(1)
    calls.push(call)
    stream.on('error', () => undefined)
    answer(stream, replies.get(call) ?? { status: 12, says: `unknown method ${call}` })
  })
  server.listen(socket)
  await once(server, 'listening')
  return {
    calls,
    reply: (call, reply) => replies.set(call, reply),
    async close() {
      for (const session of sessions) session.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(stream: ServerHttp2Stream, reply: Reply): void {
  if (typeof reply === 'function') return reply(stream)
  const headers = { ':status': 200, 'content-type': 'application/grpc' }
  if ('status' in reply) {
    stream.respond(
      { ...headers, 'grpc-status': String(reply.status), 'grpc-message': reply.says ?? '' },
      { endStream: true },
    )
    return
  }
  stream.respond(headers, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(reply.length, 1)
  stream.end(Buffer.concat([prefix, reply]))
}
