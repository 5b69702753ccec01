import { Table, Text } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import type { NextDocument, NodeRow } from '../../http/list-contract.ts'
import { leadingDisk, stateOf, type FleetAsked, type FleetColumn } from '../data/fleet-rows.ts'
import { useSay } from '../data/language.tsx'
import { nodePath } from '../data/route.ts'
import { timeText } from '../data/time-text.ts'
import { PlaceLink } from './place-link.tsx'
import { SeverityBadge } from './severity-badge.tsx'
import { UsageBar } from './usage-bar.tsx'

const HEADS = [
  ['state', 'page.fleet.state'],
  ['name', 'page.nav.fleet'],
  ['used', 'page.fleet.used'],
  ['need', 'page.fleet.next'],
  ['seen', 'page.fleet.seen'],
] as const

/** What a table of nodes shows. */
export interface FleetTableProps {
  rows: readonly NodeRow[]
  asked: FleetAsked
  /** The instant the patrol has come to. */
  now: string | null
  onSort: (column: FleetColumn) => void
}

/** Nodes, a row each. */
export function FleetTable({ rows, asked, now, onSort }: FleetTableProps) {
  const say = useSay()
  return (
    <Table className="kp-table kp-fleet" aria-label={say('page.nav.fleet')}>
      <Table.Thead>
        <Table.Tr>
          {HEADS.map(([column, label]) => {
            const isSorted = asked.sort === column
            const direction = asked.isDescending ? 'descending' : 'ascending'
            return (
              <Table.Th key={column} data-column={column} aria-sort={isSorted ? direction : 'none'}>
                <button type="button" onClick={() => onSort(column)}>
                  {say(label)}
                  <span aria-hidden>{isSorted ? (asked.isDescending ? ' ▼' : ' ▲') : ''}</span>
                </button>
              </Table.Th>
            )
          })}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <FleetRow key={row.name} row={row} now={now} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function FleetRow({ row, now }: { row: NodeRow; now: string | null }) {
  const say = useSay()
  const state = stateOf(row)
  const disk = leadingDisk(row)
  return (
    <Table.Tr>
      <Table.Td data-column="state">
        {state === 'fine' || state === 'unseen' ? (
          <Text size="sm" c="dimmed">
            {say(`page.fleet.${state}`)}
          </Text>
        ) : (
          <SeverityBadge severity={state} />
        )}
      </Table.Td>
      <Table.Th scope="row" data-column="name">
        <PlaceLink path={nodePath(row.name)}>{shown(row.name)}</PlaceLink>
      </Table.Th>
      <Table.Td data-column="used">
        {row.disks.map((each) => (
          <UsageBar key={each.holds} disk={each} />
        ))}
      </Table.Td>
      <Table.Td data-column="need">
        {disk ? <Next next={disk.next} now={now} /> : say('page.next.unseen')}
      </Table.Td>
      <Table.Td data-column="seen">
        {row.lastSeenAt === null ? say('page.fleet.never') : timeText(row.lastSeenAt, now)}
      </Table.Td>
    </Table.Tr>
  )
}

function Next({ next: { kind, level, at, marginBytes }, now }: { next: NextDocument; now: string | null }) {
  const say = useSay()
  if (kind === 'unseen') return say('page.next.unseen')
  if (kind === 'unknown' || level === null) return say('page.next.unknown')
  const name = shown(level)
  if (kind === 'crossed') return <strong>{say('page.next.crossed', { level: name })}</strong>
  if (kind === 'ahead') return say('page.next.ahead', { level: name, marginBytes: marginBytes ?? 0 })
  const seconds = Math.max(0, Math.round((Date.parse(at ?? '') - Date.parse(now ?? at ?? '')) / 1000))
  return <strong>{say('page.next.expected', { level: name, seconds })}</strong>
}
