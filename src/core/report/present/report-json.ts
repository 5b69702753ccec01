import { incidentDocument, type IncidentDocument } from '../../incident/incident-document.ts'
import type { Severity } from '../../incident/severity.ts'
import type { Language } from '../../messages/language.ts'
import { say } from '../../messages/message.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import type { PatrolReport } from '../patrol-report.ts'

/** A report as `scan -o json` and `-o yaml` write it, its sentences in one language (docs/scan.md). */
export interface ReportDocument {
  subject: string
  serverVersion: string | null
  madeAt: string
  lookedAt: PatrolReport['lookedAt']
  nodes: readonly {
    name: string
    kubeletVersion: string | null
    worst: Severity | null
    isSeen: boolean
    disks: readonly {
      holds: string
      capacityBytes: number
      availableBytes: number
      usedPercent: number | null
      next: { id: string; setting: string; availableBytes: number; marginBytes: number } | null
      crossed: readonly { id: string; setting: string; availableBytes: number }[]
    }[]
    forecast: { id: string; p10: string | null; p50: string | null; p90: string | null } | null
  }[]
  incidents: readonly IncidentDocument[]
  findings: readonly {
    id: string
    reason: string
    severity: Severity
    object: { kind: string; namespace?: string; name: string }
    node: string | null
    message: string
  }[]
  gaps: PatrolReport['gaps']
}

/** Writes a report in the form of the JSON contract. */
export function reportDocument(report: PatrolReport, language: Language): ReportDocument {
  const level = ({ id, setting, below }: { id: string; setting: string; below: number }) => ({
    id,
    setting,
    availableBytes: below,
  })
  return {
    subject: report.subject,
    serverVersion: report.serverVersion,
    madeAt: formatInstant(report.madeAt),
    lookedAt: report.lookedAt,
    nodes: report.nodes.map(({ name, kubeletVersion, worst, isSeen, forecast, disks }) => ({
      name,
      kubeletVersion,
      worst,
      isSeen,
      disks: disks.map(({ holds, capacityBytes, availableBytes, usedPercent, next, crossed }) => ({
        holds,
        capacityBytes,
        availableBytes,
        usedPercent,
        next: next ? { ...level(next.level), marginBytes: next.marginBytes } : null,
        crossed: crossed.map(level),
      })),
      forecast: forecast
        ? {
            id: forecast.level.id,
            p10: iso(forecast.at.p10),
            p50: iso(forecast.at.p50),
            p90: iso(forecast.at.p90),
          }
        : null,
    })),
    incidents: report.incidents.map((incident) => incidentDocument(incident, language)),
    findings: report.findings.map(({ id, reason, severity, object, node = null, message }) => ({
      id,
      reason,
      severity,
      object,
      node,
      message: say(message, language),
    })),
    gaps: report.gaps,
  }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
