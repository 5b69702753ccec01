import type { Finding } from '../detect/finding.ts'
import type { NodeForecast } from '../forecast/node-forecast.ts'
import type { Incident } from '../incident/incident.ts'
import { SEVERITIES, type Severity } from '../incident/severity.ts'
import type { Gap } from '../observe/gap.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'
import { byNeed } from './by-need.ts'
import { nodeReports, withForecast, type NodeReport } from './node-report.ts'

/** How many objects were looked at; null for a kind that could not be. */
export interface LookedAt {
  nodes: number
  pods: number | null
  claims: number | null
}

/** What one patrol found: what is fine, what is not, and what could not be seen. */
export interface PatrolReport {
  /** What was patrolled. */
  subject: string
  /** The version of the API server; null for a saved observation. */
  serverVersion: string | null
  madeAt: Instant
  lookedAt: LookedAt
  /** The sick first, then by how soon the kubelet acts. */
  nodes: readonly NodeReport[]
  /** Open ones, the most severe first. */
  incidents: readonly Incident[]
  /** The most severe first. */
  findings: readonly Finding[]
  gaps: readonly Gap[]
}

/** What a report is made from. */
export interface ReportParts {
  subject: string
  serverVersion: string | null
  observation: Observation
  views: readonly NodeView[]
  findings: readonly Finding[]
  incidents: readonly Incident[]
  forecastOf(view: NodeView): NodeForecast
}

/** Puts together what one patrol found. */
export function patrolReport(parts: ReportParts): PatrolReport {
  const { subject, serverVersion, observation, views, forecastOf } = parts
  const { cluster, observedAt: madeAt, gaps = [] } = observation
  const incidents = parts.incidents.filter(({ state }) => state === 'open').toSorted(bySeverity)
  const findings = parts.findings.toSorted(bySeverity)
  const byName = new Map(views.map((view) => [view.name, view]))
  const nodes = nodeReports({ views, findings, incidents, gaps }).map((report) => {
    const view = byName.get(report.name)
    return withForecast(report, view && forecastOf(view))
  })
  return {
    subject,
    serverVersion,
    madeAt,
    lookedAt: {
      nodes: views.length,
      pods: cluster.pods?.value.length ?? null,
      claims: cluster.persistentVolumeClaims?.value.length ?? null,
    },
    nodes: byNeed(nodes),
    incidents,
    findings,
    gaps,
  }
}

/** The most severe first. */
export function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
}
