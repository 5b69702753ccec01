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
import type { Instant } from '../units/instant.ts'

/** A filesystem of a node in a report. */
export interface DiskReport {
  holds: WatchedFilesystem['holds']
  capacityBytes: number
  availableBytes: number
  /** As image garbage collection counts it (semantics §1.4); null where that cannot be told. */
  usedPercent: number | null
  /** The levels of bytes, highest first. */
  levels: readonly DiskLevel[]
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
  /** When its disks were last seen; null when they never were. */
  lastSeenAt: Instant | null
  disks: readonly DiskReport[]
  /** The soonest level that growth leads to within the horizon; null also where no forecast was made. */
  forecast: { level: ForecastLevel; at: InstantRange } | null
}

/** What is known of nodes. */
export interface NodeReportParts {
  views: readonly NodeView[]
  findings: readonly Finding[]
  /** Open ones. */
  incidents: readonly Incident[]
  gaps: readonly Gap[]
}

/** How each node is, in no order, without forecasts. */
export function nodeReports({ views, findings, incidents, gaps }: NodeReportParts): NodeReport[] {
  const worst = worstOf(incidents, findings)
  const unseen = new Set(
    gaps.flatMap(({ part, node }) => (part === 'stats/summary' && node !== undefined ? node : [])),
  )
  return views.map((view) => {
    const disks = watchedFilesystems(view).map(diskReport)
    return {
      name: view.name,
      kubeletVersion: view.kubeletVersion ?? null,
      worst: worst.get(view.name) ?? null,
      isSeen: !unseen.has(view.name) && disks.length > 0,
      lastSeenAt: view.readings.at(-1)?.at ?? null,
      disks,
      forecast: null,
    }
  })
}

/** The report with what a forecast says of it. */
export function withForecast(report: NodeReport, forecast: NodeForecast | undefined): NodeReport {
  const [soonest] = (forecast?.levels ?? []).filter(({ at }) => at.p50 !== null)
  return { ...report, forecast: soonest ? { level: soonest, at: soonest.at } : null }
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
    levels: ofBytes,
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

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity)
}
