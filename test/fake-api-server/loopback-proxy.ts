import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { KeyPair } from '../../src/apps/lab/api/certificates.ts'

/** A proxy on loopback. Whatever it is asked for, it goes to one port of this machine. */
export interface LoopbackProxy {
  readonly port: number
  /** What it was asked for, and by whom: `api.example:6443 user:word`. */
  readonly asked: string[]
  close(): Promise<void>
}

/** Tunnels (CONNECT); over TLS with a certificate of its own, and only for who has the credentials, if there are any. */
export async function startHttpProxy(
  target: number,
  { tls, credentials }: { tls?: KeyPair; credentials?: string } = {},
): Promise<LoopbackProxy> {
  const asked: string[] = []
  const sockets = new Set<Duplex>()
  const server: Server = tls ? createHttpsServer({ cert: tls.certificate, key: tls.key }) : createHttpServer()
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    const [, shown = ''] = /^Basic (.+)$/.exec(request.headers['proxy-authorization'] ?? '') ?? []
    const who = Buffer.from(shown, 'base64').toString('utf8')
    asked.push(`${request.url} ${who}`.trim())
    socket.on('error', () => undefined)
    if (credentials !== undefined && credentials !== who) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    join(socket, target, sockets)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: portOf(server), asked, close: () => closing(server, sockets) }
}

/** SOCKS 5 (RFC 1928), as much of it as a client without credentials asks for. */
export async function startSocksProxy(target: number): Promise<LoopbackProxy> {
  const asked: string[] = []
  const sockets = new Set<Duplex>()
  const server = createServer(
    (socket) => void socksHandshake(socket, asked).then(() => join(socket, target, sockets)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: portOf(server), asked, close: () => closing(server, sockets) }
}

async function socksHandshake(socket: Socket, asked: string[]): Promise<void> {
  socket.on('error', () => undefined)
  await once(socket, 'data')
  socket.write(Buffer.from([5, 0]))
  const [request] = (await once(socket, 'data')) as [Buffer]
  const isName = request[3] === 3
  const length = isName ? (request[4] ?? 0) : 4
  const at = isName ? 5 : 4
  const host = isName ? request.toString('latin1', at, at + length) : [...request.subarray(4, 8)].join('.')
  asked.push(`${host}:${request.readUInt16BE(at + length)}`)
  socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
}

function join(socket: Duplex, port: number, sockets: Set<Duplex>): void {
  const onward = connect(port, '127.0.0.1')
  for (const end of [socket, onward]) {
    sockets.add(end)
    end.on('error', () => undefined)
    end.once('close', () => {
      socket.destroy()
      onward.destroy()
    })
  }
  socket.pipe(onward).pipe(socket)
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port
}

async function closing(server: NetServer, sockets: ReadonlySet<Duplex>): Promise<void> {
  for (const socket of sockets) socket.destroy()
  server.close()
  await once(server, 'close')
}
