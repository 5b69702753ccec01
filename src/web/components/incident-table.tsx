import { Table } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import type { IncidentRow } from '../../http/list-contract.ts'
import { useSay } from '../data/language.tsx'
import { incidentPath, nodePath } from '../data/route.ts'
import { timeText } from '../data/time-text.ts'
import { PlaceLink } from './place-link.tsx'
import { SeverityBadge } from './severity-badge.tsx'

const MOST_NODES = 3

/** Incidents, a row each. @param now the instant the patrol has come to */
export function IncidentTable({ incidents, now }: { incidents: readonly IncidentRow[]; now: string | null }) {
  const say = useSay()
  return (
    <Table className="kp-table kp-incidents" aria-label={say('page.incidents')}>
      <Table.Thead>
        <Table.Tr>
          {(['severity', 'state', 'incident', 'nodes', 'opened'] as const).map((column) => (
            <Table.Th key={column} data-column={column}>
              {say(`page.column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {incidents.map(({ id, severity, state, message, nodes, openedAt }) => (
          <Table.Tr key={id}>
            <Table.Td data-column="severity">
              <SeverityBadge severity={severity} />
            </Table.Td>
            <Table.Td data-column="state">
              {say(state === 'open' ? 'tell.open' : 'tell.resolved').toLowerCase()}
            </Table.Td>
            <Table.Th scope="row" data-column="incident">
              <PlaceLink path={incidentPath(id)}>{shown(message, 240)}</PlaceLink>
            </Table.Th>
            <Table.Td data-column="nodes">
              {nodes.slice(0, MOST_NODES).map((name) => (
                <div key={name}>
                  <PlaceLink path={nodePath(name)}>{shown(name)}</PlaceLink>
                </div>
              ))}
              {nodes.length > MOST_NODES ? `+ ${nodes.length - MOST_NODES}` : ''}
            </Table.Td>
            <Table.Td data-column="opened">{openedAt === null ? '—' : timeText(openedAt, now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
