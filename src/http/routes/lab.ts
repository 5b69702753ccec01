import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { refuse } from '../api-error.ts'
import { ErrorDocument, LabRequest } from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'

const MOST_BODY_BYTES = 4096

/** Speed, pause and choice of the simulated cluster. */
export function labRoutes(view: PatrolView): OpenAPIHono {
  const routes = new OpenAPIHono()
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: PATHS.lab,
    request: { body: { required: true, content: { 'application/json': { schema: LabRequest } } } },
    responses: {
      204: { description: 'It is done.' },
      default: { description: 'A coded error.', content: { 'application/json': { schema: ErrorDocument } } },
    },
  })
  routes.post(
    PATHS.lab,
    bodyLimit({ maxSize: MOST_BODY_BYTES, onError: (context) => refuse(context, 'KP_BAD_REQUEST') }),
    async (context) => {
      const body = LabRequest.safeParse(await context.req.json().catch(() => undefined))
      if (!body.success) return refuse(context, 'KP_BAD_REQUEST')
      if (!view.controlLab(body.data)) return refuse(context, 'KP_NO_SUCH_THING')
      return context.body(null, 204)
    },
  )
  return routes
}
