import type { Finding } from '../detect/finding.ts'
import { watchedFilesystems, type WatchedFilesystem } from '../detect/watched-filesystems.ts'
import type { ForecastLevel } from '../forecast/forecast-levels.ts'
import type { NodeForecast } from '../forecast/node-forecast.ts'
import type { InstantRange } from '../forecast/ranged-actions.ts'
import type { Incident } from '../incident/incident.ts'
import { SEVERITIES, type Severity } from '../incident/severity.ts'
import type { DiskLevel } from '../kubelet/disk-levels.ts'
import { imageGcUsagePercent } from '../kubelet/image-gc-threshold.ts'
import type { Gap } from '../observe/gap.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { Observation } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'

/** A filesystem of a node in a report. */
export interface DiskReport {
  holds: WatchedFilesystem['holds']
  capacityBytes: number
  availableBytes: number
  /** As image garbage collection counts it (semantics §1.4); null where that cannot be told. */
  usedPercent: number | null
  /** The first level that is not crossed yet, and how many bytes are left to it; null when all are crossed, or none is known. */
  next: { level: DiskLevel; marginBytes: number } | null
  /** Levels of bytes that are crossed, highest first. */
  crossed: readonly DiskLevel[]
}

/** How a node is. */
export interface NodeReport {
  name: string
  kubeletVersion: string | null
  /** The worst of its open incidents and findings; null when it is fine. */
  worst: Severity | null
  /** Whether its disks were seen in this patrol. */
  isSeen: boolean
  disks: readonly DiskReport[]
  /** The soonest level that growth leads to within the horizon. */
  forecast: { level: ForecastLevel; at: InstantRange } | null
}

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
  /** The worst first, then the nearest to a level. */
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
  const { subject, serverVersion, observation, views } = parts
  const { cluster, observedAt: madeAt, gaps = [] } = observation
  const incidents = parts.incidents.filter(({ state }) => state === 'open').toSorted(bySeverity)
  const findings = parts.findings.toSorted(bySeverity)
  const worst = worstOf(incidents, findings)
  const unseen = new Set(
    gaps.flatMap(({ part, node }) => (part === 'stats/summary' && node !== undefined ? node : [])),
  )
  return {
    subject,
    serverVersion,
    madeAt,
    lookedAt: {
      nodes: views.length,
      pods: cluster.pods?.value.length ?? null,
      claims: cluster.persistentVolumeClaims?.value.length ?? null,
    },
    nodes: views
      .map((view) => nodeReport(view, worst.get(view.name) ?? null, !unseen.has(view.name), parts))
      .toSorted(byNeed),
    incidents,
    findings,
    gaps,
  }
}

function nodeReport(
  view: NodeView,
  worst: Severity | null,
  isSeen: boolean,
  { forecastOf }: ReportParts,
): NodeReport {
  const [soonest] = forecastOf(view).levels.filter(({ at }) => at.p50 !== null)
  const disks = watchedFilesystems(view).map(diskReport)
  return {
    name: view.name,
    kubeletVersion: view.kubeletVersion ?? null,
    worst,
    isSeen: isSeen && disks.length > 0,
    disks,
    forecast: soonest ? { level: soonest, at: soonest.at } : null,
  }
}

function diskReport({ holds, latest, levels }: WatchedFilesystem): DiskReport {
  const { capacityBytes, availableBytes } = latest
  const ofBytes = levels.filter(({ unit }) => unit === 'bytes')
  const ahead = ofBytes.find(({ below }) => availableBytes >= below)
  return {
    holds,
    capacityBytes,
    availableBytes,
    usedPercent: imageGcUsagePercent(latest) ?? null,
    next: ahead ? { level: ahead, marginBytes: availableBytes - ahead.below } : null,
    crossed: ofBytes.filter(({ below }) => availableBytes < below),
  }
}

function worstOf(incidents: readonly Incident[], findings: readonly Finding[]): Map<string, Severity> {
  const worst = new Map<string, Severity>()
  const note = (node: string, severity: Severity) => {
    const known = worst.get(node)
    if (known === undefined || rank(severity) > rank(known)) worst.set(node, severity)
  }
  for (const { affected, severity } of incidents) for (const node of affected.nodes) note(node, severity)
  for (const { node, severity } of findings) if (node !== undefined) note(node, severity)
  return worst
}

function rank(severity: Severity | null): number {
  return severity === null ? -1 : SEVERITIES.indexOf(severity)
}

function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return rank(b.severity) - rank(a.severity)
}

function byNeed(a: NodeReport, b: NodeReport): number {
  return rank(b.worst) - rank(a.worst) || nearest(a) - nearest(b) || a.name.localeCompare(b.name)
}

/** The share of a disk that is left to the next level: 0 when one is crossed. */
function nearest({ disks }: NodeReport): number {
  const left = disks.map(({ next, crossed, capacityBytes }) =>
    crossed.length > 0 ? 0 : next ? next.marginBytes / capacityBytes : 1,
  )
  return Math.min(1, ...left)
}
