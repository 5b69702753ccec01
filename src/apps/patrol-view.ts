import { consumersDocuments } from './consumers-document.ts'
import { forecastDocument } from '../core/forecast/present/forecast-json.ts'
import type { PatrolStore } from '../core/keep/incident-store.ts'
import type { DiskLevel } from '../core/kubelet/disk-levels.ts'
import type { Language } from '../core/messages/language.ts'
import { message, say } from '../core/messages/message.ts'
import type { NodeView } from '../core/observe/node-view.ts'
import type { FilesystemReading } from '../core/observe/observation.ts'
import { nodeReports } from '../core/report/node-report.ts'
import { bySeverity } from '../core/report/patrol-report.ts'
import { shown } from '../core/tell/shown-text.ts'
import { formatInstant } from '../core/units/instant.ts'
import type {
  LabDocument,
  LabRequest,
  NodeDocument,
  StatusDocument,
  ThresholdDocument,
} from '../http/contract.ts'
import type { PatrolView } from '../http/patrol-view.ts'
import { findingDocument } from '../http/routes/rows.ts'
import { fleetOf, nodeRow } from './fleet.ts'
import { forecastsOf } from './forecasts.ts'
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

function nodeDocument(view: NodeView, patrol: Patrol, language: Language): NodeDocument {
  const findings = patrol.findings().filter(({ node }) => node === view.name)
  const gaps = (patrol.observation()?.gaps ?? []).filter(({ node }) => node === view.name)
  const reports = nodeReports({ views: [view], findings, incidents: [], gaps })
  const { isSeen = false, lastSeenAt = null, disks = [] } = reports[0] ?? {}
  return {
    name: view.name,
    kubeletVersion: view.kubeletVersion ?? null,
    containerRuntimeVersion: view.containerRuntimeVersion ?? null,
    isSeen,
    lastSeenAt: lastSeenAt === null ? null : formatInstant(lastSeenAt),
    disks: disks.map(({ holds, capacityBytes, availableBytes, usedPercent, levels }) => ({
      holds,
      capacityBytes,
      availableBytes,
      usedPercent,
      thresholds: levels.map((level) => thresholdDocument(level, language)),
    })),
    consumers: consumersDocuments(view, language),
    findings: findings.toSorted(bySeverity).map((finding) => findingDocument(finding, language)),
    gaps: gaps.map(({ part, why, detail }) =>
      say(message('observe.gap', { part, node: null, why, detail: shown(detail) }), language),
    ),
  }
}

function thresholdDocument({ id, kind, below, setting }: DiskLevel, language: Language): ThresholdDocument {
  const label =
    id === 'image-gc'
      ? message('level.image-gc', { setting })
      : message('level.eviction', { signal: id, setting, isSoft: kind === 'soft' })
  return { id, kind, availableBytes: below, setting, message: say(label, language) }
}
