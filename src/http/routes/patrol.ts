import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { incidentDocument } from '../../core/incident/incident-document.ts'
import { say } from '../../core/messages/message.ts'
import { formatInstant } from '../../core/units/instant.ts'
import { refuse, requestLanguage } from '../api-error.ts'
import {
  ChangeList,
  ErrorDocument,
  ForecastDocument,
  IncidentDocument,
  IncidentList,
  NodeList,
  StatusDocument,
  UsageDocument,
} from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'

const MOST_CHANGES = 200
const language = z.object({
  lang: z.enum(['en', 'zh-CN']).optional().openapi({ description: 'The language of sentences.' }),
})
const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

function get<P extends string, T extends z.ZodType>(path: P, schema: T, description: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, z.string()])
  const params = z.object(Object.fromEntries(names) as Record<string, z.ZodString>)
  return createRoute({
    method: 'get',
    path,
    request: { query: language, params },
    responses: { 200: json(schema, description), default: json(ErrorDocument, 'A coded error.') },
  })
}

/** What the patrol knows, as JSON. */
export function patrolRoutes(view: PatrolView): OpenAPIHono {
  const routes = new OpenAPIHono({
    defaultHook: (result, context) => (result.success ? undefined : refuse(context, 'KP_BAD_REQUEST')),
  })
  routes.openapi(get(PATHS.status, StatusDocument, 'What is patrolled, and how far.'), (context) =>
    context.json(view.status(), 200),
  )
  routes.openapi(
    get(PATHS.incidents, IncidentList, 'Incidents, newest first, open and resolved.'),
    async (context) => {
      const incidents = await view.incidents()
      return context.json(
        { items: incidents.map((incident) => incidentDocument(incident, requestLanguage(context))) },
        200,
      )
    },
  )
  routes.openapi(get(PATHS.incident, IncidentDocument, 'One incident.'), async (context) => {
    const incident = (await view.incidents()).find(({ id }) => id === context.req.param('id'))
    return incident
      ? context.json(incidentDocument(incident, requestLanguage(context)), 200)
      : (refuse(context, 'KP_NO_SUCH_THING') as never)
  })
  routes.openapi(
    get(PATHS.nodes, NodeList, 'Nodes with the levels at which their kubelets act.'),
    (context) => context.json({ items: view.nodes(requestLanguage(context)) }, 200),
  )
  routes.openapi(get(PATHS.usage, UsageDocument, "A node's disk over time."), (context) => {
    const usage = view.usage(context.req.param('name') ?? '')
    return usage ? context.json(usage, 200) : (refuse(context, 'KP_NO_SUCH_THING') as never)
  })
  routes.openapi(
    get(
      PATHS.forecast,
      ForecastDocument,
      'What will become of the disk of a node, and what its kubelet will do.',
    ),
    (context) => {
      const forecast = view.forecast(context.req.param('name') ?? '', requestLanguage(context))
      return forecast ? context.json(forecast, 200) : (refuse(context, 'KP_NO_SUCH_THING') as never)
    },
  )
  routes.openapi(get(PATHS.changes, ChangeList, 'What was told, newest first.'), async (context) => {
    const changes = await view.changes(MOST_CHANGES)
    const items = changes.map(({ key, kind, at, incident, news }) => ({
      key,
      kind,
      at: formatInstant(at),
      incidentId: incident.id,
      severity: incident.severity,
      message: news.map((sentence) => say(sentence, requestLanguage(context))).join(' '),
    }))
    return context.json({ items }, 200)
  })
  return routes
}
