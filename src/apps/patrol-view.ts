import { forecastDocument } from '../core/forecast/present/forecast-json.ts'
import type { PatrolStore } from '../core/keep/incident-store.ts'
import type { FilesystemReading } from '../core/observe/observation.ts'
import { formatInstant } from '../core/units/instant.ts'
import type { LabDocument, LabRequest, StatusDocument } from '../http/contract.ts'
import type { PatrolView } from '../http/patrol-view.ts'
import { fleetOf, nodeRow } from './fleet.ts'
import { forecastsOf } from './forecasts.ts'
import { nodeDocument } from './node-document/node-document.ts'
import type { Patrol } from './patrol-loop.ts'

/** What is looked at through the page. */
export interface ViewParts {
  patrol: Patrol
  store: Pick<
    PatrolStore,
    'listIncidents' | 'countIncidents' | 'findIncident' | 'listChanges' | 'listDeliveries'
  >
  version: string
  /** What is patrolled. */
  subject: Pick<StatusDocument, 'mode' | 'subject'>
  /** How far a replay is; absent for what lives. */
  replay?: () => NonNullable<StatusDocument['replay']>
  /** What is simulated, and what can be done to it; absent for what is no lab. */
  lab?: { document(): LabDocument; control(request: LabRequest): boolean }
}

/** What the page is told of a patrol. */
export function patrolView({ patrol, store, version, subject, replay, lab }: ViewParts): PatrolView {
  const forecastOf = forecastsOf(patrol)
  const fleet = fleetOf(patrol, forecastOf)
  const observedAt = () => {
    const at = patrol.observedAt()
    return at === null ? null : formatInstant(at)
  }
  return {
    status: () => ({
      ...subject,
      version,
      observedAt: observedAt(),
      rounds: patrol.rounds(),
      replay: replay?.() ?? null,
      lab: lab?.document() ?? null,
    }),
    incidents: async (asked, limit) => ({
      incidents: await store.listIncidents({ ...asked, limit }),
      total: await store.countIncidents(asked),
    }),
    incident: (id) => store.findIncident(id),
    changes: (limit) => store.listChanges(limit),
    deliveries: (limit) => store.listDeliveries(limit),
    findings: () => patrol.findings(),
    nodes: (language) => fleet().map((report) => nodeRow(report, language)),
    node(nodeName, language) {
      const view = patrol.nodes().find(({ name }) => name === nodeName)
      return view && nodeDocument(view, patrol, language)
    },
    usage(nodeName) {
      const view = patrol.nodes().find(({ name }) => name === nodeName)
      return (
        view && {
          node: view.name,
          ...columns(view.readings),
          images: view.imagefsReadings ? columns(view.imagefsReadings) : null,
        }
      )
    },
    forecast(nodeName, language) {
      const forecast = forecastOf(nodeName)
      return forecast && forecastDocument(forecast, language)
    },
    controlLab: (request) => lab?.control(request) ?? false,
    onRound: (listener) =>
      patrol.onRound(() => listener({ round: patrol.rounds(), observedAt: observedAt() ?? '' })),
  }
}

function columns(readings: readonly FilesystemReading[]) {
  return {
    at: readings.map(({ at }) => at / 1000),
    availableBytes: readings.map(({ availableBytes }) => availableBytes),
  }
}
