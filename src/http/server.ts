import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { refuse, refuseUnroutable } from './api-error.ts'
import { loopback } from './loopback.ts'
import { originGuard } from './origin-guard.ts'
import { pageFiles } from './page-files.ts'
import { PATHS } from './paths.ts'
import type { PatrolView } from './patrol-view.ts'
import { labRoutes } from './routes/lab.ts'
import { listRoutes } from './routes/lists.ts'
import { patrolRoutes } from './routes/patrol.ts'
import { sessionRoutes } from './routes/session.ts'
import { streamRoutes } from './routes/stream.ts'
import { securityHeaders } from './security-headers.ts'
import { createSessions } from './session.ts'

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
  /** @returns the port. @throws {KubepatrolError} KP_PORT_IN_USE, KP_PORT_NOT_ALLOWED */
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
  const app = new OpenAPIHono<{ Bindings: HttpBindings }>()
  app.use(
    securityHeaders,
    originGuard(() => port),
  )
  app.get('/healthz', (context) => context.text('ok'))
  app.get('/readyz', (context) => context.text('ok'))
  app.route('/', sessionRoutes(sessions))
  app.use('/api/*', sessions.required)
  app.route('/', patrolRoutes(view))
  app.route('/', labRoutes(view))
  app.route('/', listRoutes(view))
  app.route('/', streamRoutes(view, stopping.signal))
  app.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' })
  app.doc31(PATHS.openapi, {
    openapi: '3.1.0',
    info: { title: 'kubepatrol', version },
    security: [{ token: [] }],
  })
  app.get('*', await pageFiles(webRoot))
  app.notFound((context) => refuse(context, 'KP_NO_SUCH_THING'))
  app.onError((failure, context) => {
    onFailure?.(failure)
    return refuse(context, 'KP_INTERNAL_ERROR')
  })

  const listener = getRequestListener(app.fetch, { errorHandler: refuseUnroutable })
  const servers = loopback((request, response) => void listener(request, response))
  return {
    async listen(wanted) {
      port = await servers.listen(wanted)
      return port
    },
    async close() {
      stopping.abort()
      await servers.close()
    },
  }
}
