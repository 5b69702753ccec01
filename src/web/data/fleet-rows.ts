import { SEVERITIES, type Severity } from '../../core/incident/severity.ts'
import type { NodeRow } from '../../http/list-contract.ts'

/** Which nodes are shown: all, those whose worst is a severity, the fine, the unseen. */
export const STATES = ['critical', 'warning', 'info', 'fine', 'unseen'] as const
export type FleetState = (typeof STATES)[number]
export const COLUMNS = ['need', 'name', 'used', 'state', 'seen'] as const
export type FleetColumn = (typeof COLUMNS)[number]

/** What of the fleet is shown. */
export interface FleetAsked {
  name: string
  state: FleetState | 'all'
  sort: FleetColumn
  isDescending: boolean
}

/** How a node is, in a word. */
export function stateOf({ worst, isSeen }: NodeRow): FleetState {
  if (!isSeen && (worst === null || worst === 'info')) return 'unseen'
  return worst ?? 'fine'
}

/** The disk of a node whose kubelet acts first. */
export function leadingDisk({ disks }: NodeRow): NodeRow['disks'][number] | undefined {
  const rank = ({ next, capacityBytes }: NodeRow['disks'][number]) => {
    if (next.kind === 'crossed') return -2
    if (next.kind === 'expected') return -1
    return next.marginBytes === null ? 2 : next.marginBytes / capacityBytes
  }
  return disks.toSorted((a, b) => rank(a) - rank(b))[0]
}

/** The rows that are asked for, in order. Rows come in the order of need. */
export function fleetRows(rows: readonly NodeRow[], asked: FleetAsked): NodeRow[] {
  const name = asked.name.toLowerCase()
  const shown = rows.filter(
    (row) => row.name.toLowerCase().includes(name) && (asked.state === 'all' || isIn(row, asked.state)),
  )
  const sorted = asked.sort === 'need' ? shown : shown.toSorted(ORDER[asked.sort])
  return asked.isDescending ? sorted.toReversed() : sorted
}

/** Whether a node is listed under a state; one that is not seen may be known to be sick too. */
function isIn(row: NodeRow, state: FleetState): boolean {
  return state === 'unseen' ? !row.isSeen : stateOf(row) === state
}

/** How many nodes are listed under each state. */
export function countStates(rows: readonly NodeRow[]): Record<FleetState, number> {
  const counts = { critical: 0, warning: 0, info: 0, fine: 0, unseen: 0 }
  for (const row of rows) for (const state of STATES) if (isIn(row, state)) counts[state]++
  return counts
}

const used = (row: NodeRow) => Math.max(-1, ...row.disks.map(({ usedPercent }) => usedPercent ?? -1))
const severity = (worst: Severity | null) => (worst === null ? -1 : SEVERITIES.indexOf(worst))
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

const ORDER: Record<Exclude<FleetColumn, 'need'>, (a: NodeRow, b: NodeRow) => number> = {
  name: (a, b) => text(a.name, b.name),
  used: (a, b) => used(a) - used(b),
  state: (a, b) => severity(a.worst) - severity(b.worst),
  seen: (a, b) => text(a.lastSeenAt ?? '', b.lastSeenAt ?? ''),
}
