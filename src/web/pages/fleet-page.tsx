import { NativeSelect, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { FleetTable } from '../components/fleet-table.tsx'
import { IncidentTable } from '../components/incident-table.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { Pager } from '../components/pager.tsx'
import {
  COLUMNS,
  countStates,
  fleetRows,
  STATES,
  type FleetAsked,
  type FleetColumn,
} from '../data/fleet-rows.ts'
import { useSay } from '../data/language.tsx'
import { useAsked } from '../data/navigation.ts'
import { useIncidents, useNodes, useStatus } from '../data/queries.ts'
import { OneNode } from './one-node.tsx'

const ROWS = 50
const MOST_INCIDENTS = 5

/** The nodes that are patrolled, the one that needs somebody first; all about it where there is only one. */
export function FleetPage() {
  const say = useSay()
  const nodes = useNodes()
  const status = useStatus()
  const incidents = useIncidents({ state: 'open' })
  if (!nodes.data) return <Skeleton height={420} />
  const [only] = nodes.data.items
  if (only && nodes.data.items.length === 1) return <OneNode name={only.name} />
  const now = status.data?.observedAt ?? null
  const open = incidents.data?.items ?? []
  return (
    <Stack gap="md">
      <div>
        <PageTitle>{say('page.nav.fleet')}</PageTitle>
        <Text size="sm" c="dimmed">
          {say('page.fleet.order')}
        </Text>
      </div>
      {open.length === 0 ? null : <IncidentTable incidents={open.slice(0, MOST_INCIDENTS)} now={now} />}
      <Fleet rows={nodes.data.items} now={now} />
    </Stack>
  )
}

function Fleet({ rows, now }: { rows: Parameters<typeof fleetRows>[0]; now: string | null }) {
  const say = useSay()
  const [query, ask] = useAsked()
  const asked = askedOf(query)
  const counts = countStates(rows)
  const found = fleetRows(rows, asked)
  const page = Math.min(
    Math.max(0, Number(query.get('page')) || 0),
    Math.max(0, Math.ceil(found.length / ROWS) - 1),
  )
  const word = (state: (typeof STATES)[number]) =>
    state === 'fine' || state === 'unseen' ? say(`page.fleet.${state}`) : say(`tell.${state}`)
  const sort = (column: FleetColumn) => {
    // What is worst is asked for first.
    const isFirstDown = column === 'used' || column === 'state'
    const isDescending = asked.sort === column ? !asked.isDescending : isFirstDown
    ask({ sort: column, down: isDescending ? '1' : '', page: '' })
  }
  return (
    <>
      <Group gap="md" align="flex-end">
        <TextInput
          size="xs"
          label={say('page.fleet.name')}
          value={asked.name}
          onChange={(event) => ask({ name: event.currentTarget.value, page: '' })}
        />
        <NativeSelect
          size="xs"
          label={say('page.fleet.state')}
          value={asked.state}
          onChange={(event) =>
            ask({ state: event.currentTarget.value === 'all' ? '' : event.currentTarget.value, page: '' })
          }
          data={[
            { value: 'all', label: say('page.fleet.all', { count: rows.length }) },
            ...STATES.map((state) => ({
              value: state,
              label: say('page.fleet.count', { word: word(state), count: counts[state] }),
            })),
          ]}
        />
        <Pager
          page={page}
          size={ROWS}
          all={found.length}
          onPage={(next) => ask({ page: next === 0 ? '' : `${next}` })}
        />
      </Group>
      {found.length === 0 ? (
        <Text role="status">{say('page.fleet.none')}</Text>
      ) : (
        <FleetTable
          rows={found.slice(page * ROWS, (page + 1) * ROWS)}
          asked={asked}
          now={now}
          onSort={sort}
        />
      )}
    </>
  )
}

function askedOf(query: URLSearchParams): FleetAsked {
  return {
    name: query.get('name') ?? '',
    state: STATES.find((state) => state === query.get('state')) ?? 'all',
    sort: COLUMNS.find((column) => column === query.get('sort')) ?? 'need',
    isDescending: query.get('down') === '1',
  }
}
