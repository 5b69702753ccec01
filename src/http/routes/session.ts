import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { refuse } from '../api-error.ts'
import { ErrorDocument, SessionRequest } from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { Sessions } from '../session.ts'

const MOST_BODY_BYTES = 16 * 1024

/** Exchanges the token for the cookie of a session. */
export function sessionRoutes(sessions: Sessions): OpenAPIHono {
  const routes = new OpenAPIHono()
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: PATHS.session,
    request: { body: { required: true, content: { 'application/json': { schema: SessionRequest } } } },
    responses: {
      204: { description: 'The session has begun; its cookie is set.' },
      default: { description: 'A coded error.', content: { 'application/json': { schema: ErrorDocument } } },
    },
    security: [],
  })
  routes.post(
    PATHS.session,
    bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (context) => refuse(context, 'KP_BAD_REQUEST') }),
    async (context) => {
      const body = SessionRequest.safeParse(await context.req.json().catch(() => undefined))
      if (!body.success) return refuse(context, 'KP_BAD_REQUEST')
      if (!sessions.isToken(body.data.token)) return refuse(context, 'KP_UNAUTHORIZED')
      sessions.begin(context)
      return context.body(null, 204)
    },
  )
  return routes
}
