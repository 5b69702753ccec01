import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { SEVERITIES } from '../../core/incident/severity.ts'
import { say } from '../../core/messages/message.ts'
import { bySeverity } from '../../core/report/patrol-report.ts'
import { formatInstant } from '../../core/units/instant.ts'
import { requestLanguage } from '../api-error.ts'
import { ChangeList, DeliveryList, FindingList, IncidentList, NodeList } from '../list-contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'
import { codedRoutes, getRoute } from './get-route.ts'
import { changeSentences, deliveryDocument, findingDocument, incidentRow } from './rows.ts'

const MOST_CHANGES = 200
const MOST_ROWS = 500

const ofState = { state: z.enum(['open', 'resolved']).optional(), node: z.string().optional() }
const ofSeverity = { severity: z.enum(SEVERITIES).optional() }

/** Lists of what the patrol knows, each of a bounded length, as JSON. */
export function listRoutes(view: PatrolView): OpenAPIHono {
  const routes = codedRoutes()
  routes.openapi(
    getRoute(PATHS.incidents, IncidentList, 'Incidents, newest first, at most 500.', ofState),
    async (context) => {
      const { incidents, total } = await view.incidents(context.req.valid('query'), MOST_ROWS)
      const items = incidents.map((incident) => incidentRow(incident, requestLanguage(context)))
      return context.json({ items, total }, 200)
    },
  )
  routes.openapi(
    getRoute(PATHS.nodes, NodeList, 'Nodes, the sick first, then by how soon the kubelet acts.'),
    (context) => context.json({ items: view.nodes(requestLanguage(context)) }, 200),
  )
  routes.openapi(
    getRoute(
      PATHS.findings,
      FindingList,
      'Findings about other objects than nodes, the most severe first, at most 500.',
      ofSeverity,
    ),
    (context) => {
      const { severity } = context.req.valid('query')
      const asked = view
        .findings()
        .filter(
          (finding) =>
            finding.object.kind !== 'Node' && (severity === undefined || finding.severity === severity),
        )
        .toSorted(bySeverity)
      const items = asked
        .slice(0, MOST_ROWS)
        .map((finding) => findingDocument(finding, requestLanguage(context)))
      return context.json({ items, total: asked.length }, 200)
    },
  )
  routes.openapi(getRoute(PATHS.changes, ChangeList, 'What was told, newest first.'), async (context) => {
    const changes = await view.changes(MOST_CHANGES)
    const items = changes.map((change) => ({
      key: change.key,
      kind: change.kind,
      at: formatInstant(change.at),
      incidentId: change.incident.id,
      severity: change.incident.severity,
      message: changeSentences(change)
        .map((sentence) => say(sentence, requestLanguage(context)))
        .join(' '),
    }))
    return context.json({ items }, 200)
  })
  routes.openapi(
    getRoute(
      PATHS.deliveries,
      DeliveryList,
      'What was sent through channels, and whether it arrived, newest first.',
    ),
    async (context) => {
      const deliveries = await view.deliveries(MOST_CHANGES)
      const items = deliveries.map((delivery) => deliveryDocument(delivery, requestLanguage(context)))
      return context.json({ items }, 200)
    },
  )
  return routes
}
