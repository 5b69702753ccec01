import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { coded } from '../core/errors/kubepatrol-error.ts'
import { refuse, refuseUnroutable } from './api-error.ts'
import { roundRoutes, type RoundParts } from './routes/rounds.ts'
import { securityHeaders } from './security-headers.ts'

/** What a server for agents needs. */
export interface AgentServerParts extends RoundParts {
  /** PEM; without TLS the tokens of agents would be anybody's. */
  certificate: string
  key: string
  /** Called with failures of the server's own. */
  onFailure?: (failure: unknown) => void
}

/** Where agents hand over their rounds: nothing else is served there. */
export interface AgentServer {
  /** @param host the address to listen on; absent for all. @returns the port. @throws {KubepatrolError} KP_PORT_IN_USE, KP_PORT_NOT_ALLOWED */
  listen(port: number, host?: string): Promise<number>
  /** Serves with another certificate from now on. */
  renew(identity: Pick<AgentServerParts, 'certificate' | 'key'>): void
  close(): Promise<void>
}

/** A node agent keeps one connection; others get no more room than these. */
const MOST_CONNECTIONS = 10_000

/** Makes the server; nothing listens yet. @throws when certificate and key are none */
export function createAgentServer({ certificate, key, onFailure, ...parts }: AgentServerParts): AgentServer {
  const app = new Hono()
  app.use(securityHeaders)
  app.get('/healthz', (context) => context.text('ok'))
  app.route('/', roundRoutes(parts))
  app.notFound((context) => refuse(context, 'KP_NO_SUCH_THING'))
  app.onError((failure, context) => {
    onFailure?.(failure)
    return refuse(context, 'KP_INTERNAL_ERROR')
  })
  const listener = getRequestListener(app.fetch, { errorHandler: refuseUnroutable })
  const server = createServer(
    { cert: certificate, key, headersTimeout: 10_000, requestTimeout: 30_000, handshakeTimeout: 10_000 },
    (request, response) => void listener(request, response),
  )
  server.maxConnections = MOST_CONNECTIONS
  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', (failure: NodeJS.ErrnoException) => {
          if (failure.code === 'EACCES') reject(coded('KP_PORT_NOT_ALLOWED', { port }, failure))
          else if (failure.code === 'EADDRINUSE') reject(coded('KP_PORT_IN_USE', { port }, failure))
          else reject(failure)
        })
        server.listen({ port, ...(host === undefined ? {} : { host }) }, () =>
          resolve((server.address() as AddressInfo).port),
        )
      }),
    renew: (identity) => server.setSecureContext({ cert: identity.certificate, key: identity.key }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
