import { createServer, type RequestListener, type Server } from 'node:http'
import { coded } from '../core/errors/kubepatrol-error.ts'

/** One port on every loopback address of the machine. */
export interface Loopback {
  /** @param port 0 for any that is free on all addresses. @returns the port. @throws {KubepatrolError} KP_PORT_IN_USE, KP_PORT_NOT_ALLOWED */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

const IPV4 = '127.0.0.1'
const IPV6 = '::1'
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])
/** A port that the system finds free for one address may be taken on the other. */
const MOST_TRIES = 20

/** Makes the servers of a listener; nothing listens yet. */
export function loopback(listener: RequestListener): Loopback {
  let servers: Server[] = []
  const open = async (host: string, port: number) => {
    // Without a Host header a request gets our own refusal, not that of Node.js.
    const options = { headersTimeout: 10_000, requestTimeout: 30_000, requireHostHeader: false }
    const server = createServer(options, listener)
    const bound = await bind(server, host, port)
    servers.push(server)
    return bound
  }
  const close = async () => {
    await Promise.all(servers.map(shut))
    servers = []
  }
  const openBoth = async (wanted: number) => {
    const port = await open(IPV4, wanted)
    await open(IPV6, port).catch((failure: NodeJS.ErrnoException) => {
      if (!NO_IPV6.has(failure.code ?? '')) throw failure
    })
    return port
  }
  return {
    async listen(wanted) {
      for (let tries = 1; ; tries++) {
        try {
          return await openBoth(wanted)
        } catch (failure) {
          await close()
          const { code } = failure as NodeJS.ErrnoException
          if (code === 'EACCES') throw coded('KP_PORT_NOT_ALLOWED', { port: wanted }, failure)
          if (code !== 'EADDRINUSE') throw failure
          if (wanted !== 0 || tries === MOST_TRIES) throw coded('KP_PORT_IN_USE', { port: wanted }, failure)
        }
      }
    },
    close,
  }
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, ipv6Only: host === IPV6 }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
