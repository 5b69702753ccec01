import { Card, Grid, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import { BytesCard } from '../components/bytes-card.tsx'
import { IncidentCard } from '../components/incident-card.tsx'
import { NodeCard } from '../components/node-card.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { PlaceLink } from '../components/place-link.tsx'
import { ToldCard } from '../components/told-card.tsx'
import { useSay } from '../data/language.tsx'
import { marksOf } from '../data/marks.ts'
import { nodePath } from '../data/route.ts'
import { useChanges, useIncidents, useIncidentsInFull, useNode } from '../data/queries.ts'

const MOST_INCIDENTS = 5

/** A fleet of one: the incidents, the node and what was told, at one glance. */
export function OneNode({ name }: { name: string }) {
  const say = useSay()
  const node = useNode(name)
  const rows = useIncidents()
  const incidents = useIncidentsInFull((rows.data?.items ?? []).slice(0, MOST_INCIDENTS).map(({ id }) => id))
  const changes = useChanges()
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <VisuallyHidden>
          <PageTitle>{say('page.nav.fleet')}</PageTitle>
        </VisuallyHidden>
        <section aria-labelledby="incidents-title">
          <VisuallyHidden>
            <Title order={2} id="incidents-title">
              {say('page.incidents')}
            </Title>
          </VisuallyHidden>
          {rows.data?.items.length === 0 ? (
            <Card withBorder padding="xl">
              <Text fz="lg" fw={650}>
                ✓ {say('page.nothing-wrong')}
              </Text>
            </Card>
          ) : (
            <Stack gap="md">
              {incidents.map((incident) => (
                <IncidentCard key={incident.id} incident={incident} />
              ))}
            </Stack>
          )}
        </section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 0, md: 2 }}>
        <Stack gap="md">
          {node.data ? <NodeCard node={node.data} marks={marksOf(incidents, name)} /> : null}
          {node.data ? <BytesCard node={node.data} /> : null}
          <PlaceLink path={nodePath(name)}>{say('page.node.all', { name: shown(name) })}</PlaceLink>
          <ToldCard changes={changes.data?.items ?? []} />
        </Stack>
      </Grid.Col>
    </Grid>
  )
}
