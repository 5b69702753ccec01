import { Skeleton, Stack } from '@mantine/core'
import { IncidentCard } from '../components/incident-card.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { useSay } from '../data/language.tsx'
import { useIncident } from '../data/queries.ts'
import { NothingHere } from './nothing-here.tsx'

/** One incident, with its chain, its evidence and what to do. */
export function IncidentPage({ id }: { id: string }) {
  const say = useSay()
  const { data, error } = useIncident(id)
  if (error) return <NothingHere />
  if (!data) return <Skeleton height={240} />
  return (
    <Stack gap="md">
      <PageTitle>{say('page.column.incident')}</PageTitle>
      <IncidentCard incident={data} />
    </Stack>
  )
}
