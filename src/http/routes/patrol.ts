import type { OpenAPIHono } from '@hono/zod-openapi'
import { incidentDocument } from '../../core/incident/incident-document.ts'
import { refuse, requestLanguage } from '../api-error.ts'
import {
  ForecastDocument,
  IncidentDocument,
  NodeDocument,
  StatusDocument,
  UsageDocument,
} from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'
import { codedRoutes, getRoute } from './get-route.ts'

/** What the patrol knows of one thing, as JSON. */
export function patrolRoutes(view: PatrolView): OpenAPIHono {
  const routes = codedRoutes()
  routes.openapi(getRoute(PATHS.status, StatusDocument, 'What is patrolled, and how far.'), (context) =>
    context.json(view.status(), 200),
  )
  routes.openapi(getRoute(PATHS.incident, IncidentDocument, 'One incident.'), async (context) => {
    const incident = await view.incident(context.req.param('id') ?? '')
    return incident
      ? context.json(incidentDocument(incident, requestLanguage(context)), 200)
      : (refuse(context, 'KP_NO_SUCH_THING') as never)
  })
  routes.openapi(
    getRoute(PATHS.node, NodeDocument, 'A node with its disks and the levels at which its kubelet acts.'),
    (context) => {
      const node = view.node(context.req.param('name') ?? '', requestLanguage(context))
      return node ? context.json(node, 200) : (refuse(context, 'KP_NO_SUCH_THING') as never)
    },
  )
  routes.openapi(getRoute(PATHS.usage, UsageDocument, "A node's disk over time."), (context) => {
    const usage = view.usage(context.req.param('name') ?? '')
    return usage ? context.json(usage, 200) : (refuse(context, 'KP_NO_SUCH_THING') as never)
  })
  routes.openapi(
    getRoute(
      PATHS.forecast,
      ForecastDocument,
      'What will become of the disk of a node, and what its kubelet will do.',
    ),
    (context) => {
      const forecast = view.forecast(context.req.param('name') ?? '', requestLanguage(context))
      return forecast ? context.json(forecast, 200) : (refuse(context, 'KP_NO_SUCH_THING') as never)
    },
  )
  return routes
}
