import { Group, SegmentedControl, Skeleton, Stack, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IncidentTable } from '../components/incident-table.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { useSay } from '../data/language.tsx'
import { useAsked } from '../data/navigation.ts'
import { useIncidents, useStatus } from '../data/queries.ts'

/** Incidents, open and resolved. */
export function IncidentsPage() {
  const say = useSay()
  const [query, ask] = useAsked()
  const asked = query.get('state')
  const state = asked === 'open' || asked === 'resolved' ? asked : 'all'
  const text = query.get('text') ?? ''
  const status = useStatus()
  const { data } = useIncidents(state === 'all' ? {} : { state })
  const wanted = text.toLowerCase()
  const found = (data?.items ?? []).filter(({ id, message, nodes }) =>
    [id, message, ...nodes].some((words) => words.toLowerCase().includes(wanted)),
  )
  return (
    <Stack gap="md">
      <PageTitle>{say('page.incidents')}</PageTitle>
      <Group gap="md" align="flex-end">
        <TextInput
          size="xs"
          label={say('page.incidents.text')}
          value={text}
          onChange={(event) => ask({ text: event.currentTarget.value })}
        />
        <VisuallyHidden id="state-label">{say('page.column.state')}</VisuallyHidden>
        <SegmentedControl
          size="xs"
          aria-labelledby="state-label"
          value={state}
          onChange={(next) => ask({ state: next === 'all' ? '' : next })}
          data={[
            { value: 'all', label: say('page.incidents.both') },
            { value: 'open', label: say('tell.open') },
            { value: 'resolved', label: say('tell.resolved').toLowerCase() },
          ]}
        />
      </Group>
      {!data ? <Skeleton height={240} /> : null}
      {data && found.length === 0 ? <Text role="status">{say('page.incidents.none')}</Text> : null}
      {found.length > 0 ? <IncidentTable incidents={found} now={status.data?.observedAt ?? null} /> : null}
      {data && data.total > data.items.length ? (
        <Text size="sm" c="dimmed">
          {say('page.listed', { listed: data.items.length, total: data.total })}
        </Text>
      ) : null}
    </Stack>
  )
}
