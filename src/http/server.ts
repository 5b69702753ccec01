import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { coded } from '../core/errors/kubepatrol-error.ts'
import { refuse } from './api-error.ts'
import { originGuard } from './origin-guard.ts'
import { pageFiles } from './page-files.ts'
import { PATHS } from './paths.ts'
import type { PatrolView } from './patrol-view.ts'
import { patrolRoutes } from './routes/patrol.ts'
import { streamRoutes } from './routes/stream.ts'
import { securityHeaders } from './security-headers.ts'
import { createSessions } from './session.ts'

const MOST_BODY_BYTES = 16 * 1024

/** What a server serves, and to whom. */
export interface ServerParts {
  view: PatrolView
  token: string
  /** The folder of the built page. */
  webRoot: string
  version: string
  /** Called with failures of the server's own. */
  onFailure?: (failure: unknown) => void
}

/** The HTTP side of a patrol, on loopback only. */
export interface PatrolServer {
  /** @returns the port. @throws {KubepatrolError} KP_PORT_IN_USE */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

/** Makes the server; nothing listens yet. */
export async function createPatrolServer({
  view,
  token,
  webRoot,
  version,
  onFailure,
}: ServerParts): Promise<PatrolServer> {
  let port = 0
  const stopping = new AbortController()
  const sessions = createSessions(token, () => port)
  const app = new OpenAPIHono()
  app.use(
    securityHeaders,
    originGuard(() => port),
  )
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/readyz', (context) => context.text('ok'))
  app.post(
    PATHS.session,
    bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (context) => refuse(context, 'KP_BAD_REQUEST') }),
    async (context) => {
      const body = z.object({ token: z.string() }).safeParse(await context.req.json().catch(() => undefined))
      if (!body.success) return refuse(context, 'KP_BAD_REQUEST')
      if (!sessions.isToken(body.data.token)) return refuse(context, 'KP_UNAUTHORIZED')
      sessions.begin(context)
      return context.body(null, 204)
    },
  )
  app.use('/api/*', sessions.required)
  app.route('/', patrolRoutes(view))
  app.route('/', streamRoutes(view, stopping.signal))
  app.doc31(PATHS.openapi, { openapi: '3.1.0', info: { title: 'kubepatrol', version } })
  app.get('*', await pageFiles(webRoot))
  app.notFound((context) => refuse(context, 'KP_NO_SUCH_THING'))
  app.onError((failure, context) => {
    onFailure?.(failure)
    return refuse(context, 'KP_INTERNAL_ERROR')
  })

  const listener = getRequestListener(app.fetch)
  const servers = ['127.0.0.1', '::1'].map((host) => ({
    host,
    server: createServer(
      { headersTimeout: 10_000, requestTimeout: 30_000 },
      (request, response) => void listener(request, response),
    ),
  }))
  return {
    async listen(wanted) {
      port = wanted
      for (const { host, server } of servers) port = (await bind(server, host, port)) ?? port
      return port
    },
    async close() {
      stopping.abort()
      await Promise.all(servers.map(({ server }) => shut(server)))
    },
  }
}

/** @returns undefined where the machine has no such loopback address. */
function bind(server: Server, host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    server.once('error', (failure: NodeJS.ErrnoException) => {
      if (host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(failure.code ?? '')) resolve(undefined)
      else if (failure.code === 'EADDRINUSE') reject(coded('KP_PORT_IN_USE', { port }, failure))
      else reject(failure)
    })
    server.listen({ host, port, ipv6Only: host === '::1' }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : undefined)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
