import type { Severity } from '../incident/severity.ts'
import { referenceText } from '../kubernetes/object-reference.ts'
import type { Instant } from '../units/instant.ts'
import type { PatrolReport } from './patrol-report.ts'

/** What is kept of a report, for the next one to be compared with. */
export interface ReportDigest {
  subject: string
  madeAt: Instant
  /** Bytes available by node and what the filesystem holds. */
  available: Readonly<Record<string, number>>
  /** The open incidents, by id. */
  open: readonly string[]
  /** What was found, by detector and object. */
  findings: Readonly<Record<string, Severity>>
}

/** What changed since the last report. */
export interface Trend {
  since: Instant
  openedIncidents: number
  resolvedIncidents: number
  newFindings: number
  goneFindings: number
  /** Bytes that are available less than last time; negative for more. The largest change first. */
  disks: readonly { node: string; holds: string; lostBytes: number }[]
}

/** What of a report the next one is compared with. */
export function digestOf(report: PatrolReport): ReportDigest {
  const available = report.nodes.flatMap(({ name, disks }) =>
    disks.map(({ holds, availableBytes }) => [diskKey(name, holds), availableBytes] as const),
  )
  return {
    subject: report.subject,
    madeAt: report.madeAt,
    available: Object.fromEntries(available),
    open: report.incidents.map(({ id }) => id),
    findings: Object.fromEntries(
      report.findings.map(({ id, object, severity }) => [`${id} ${referenceText(object)}`, severity]),
    ),
  }
}

/** Compares a report with the last one. What could not be seen this time is in no comparison. */
export function trendOf(report: PatrolReport, last: ReportDigest): Trend {
  const now = digestOf(report)
  const disks = report.nodes.flatMap(({ name, disks: seen }) =>
    seen.flatMap(({ holds, availableBytes }) => {
      const before = last.available[diskKey(name, holds)]
      return before === undefined ? [] : { node: name, holds, lostBytes: before - availableBytes }
    }),
  )
  const isNew = (key: string) => !Object.hasOwn(last.findings, key)
  const isGone = (key: string) => !Object.hasOwn(now.findings, key)
  return {
    since: last.madeAt,
    openedIncidents: now.open.filter((id) => !last.open.includes(id)).length,
    resolvedIncidents: last.open.filter((id) => !now.open.includes(id)).length,
    newFindings: Object.keys(now.findings).filter(isNew).length,
    goneFindings: Object.keys(last.findings).filter(isGone).length,
    disks: disks.toSorted((a, b) => Math.abs(b.lostBytes) - Math.abs(a.lostBytes)),
  }
}

function diskKey(node: string, holds: string): string {
  return JSON.stringify([node, holds])
}
