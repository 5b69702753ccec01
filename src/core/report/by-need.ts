import { SEVERITIES, type Severity } from '../incident/severity.ts'
import { nextLevel } from './next-level.ts'
import type { NodeReport } from './node-report.ts'

/** Nodes in the order in which somebody should look at them: the sick, then by how soon the kubelet acts, then by the share of a disk that is left to it. */
export function byNeed(reports: readonly NodeReport[]): NodeReport[] {
  const needs = reports.map((report) => ({ report, sick: sickness(report.worst), ...urgency(report) }))
  const sorted = needs.toSorted(
    (a, b) =>
      b.sick - a.sick ||
      order(a.soonestAt, b.soonestAt) ||
      order(a.shareLeft, b.shareLeft) ||
      (a.report.name < b.report.name ? -1 : 1),
  )
  return sorted.map(({ report }) => report)
}

/** A note makes nobody sick. */
function sickness(worst: Severity | null): number {
  return worst === null || worst === 'info' ? 0 : SEVERITIES.indexOf(worst)
}

/** When the kubelet acts next, 0 for now, and the share of a disk left to that level. */
function urgency(report: NodeReport): { soonestAt: number; shareLeft: number } {
  let soonestAt = Infinity
  let shareLeft = 1
  for (const disk of report.disks) {
    const next = nextLevel(report, disk)
    if (next.kind === 'crossed') return { soonestAt: 0, shareLeft: 0 }
    if (next.kind === 'expected') soonestAt = Math.min(soonestAt, next.at)
    if (disk.next) shareLeft = Math.min(shareLeft, disk.next.marginBytes / disk.capacityBytes)
  }
  return { soonestAt, shareLeft }
}

function order(a: number, b: number): number {
  return a === b ? 0 : a - b
}
