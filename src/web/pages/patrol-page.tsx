import {
  Alert,
  Anchor,
  Card,
  Container,
  Grid,
  Skeleton,
  Stack,
  Text,
  Title,
  VisuallyHidden,
} from '@mantine/core'
import { useEffect } from 'react'
import type { IncidentDocument } from '../../core/incident/incident-document.ts'
import { IncidentCard } from '../components/incident-card.tsx'
import { NodeCard } from '../components/node-card.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { ToldCard } from '../components/told-card.tsx'
import { ApiFailure } from '../data/api.ts'
import { useSay } from '../data/language.tsx'
import { useLive } from '../data/live.ts'
import { useChanges, useIncidents, useNodes, useStatus } from '../data/queries.ts'

/** Each with its chart; the ones that need it most come first. */
const MOST_NODES = 5

/** The one page there is: nodes with their disks, incidents with their chains, and what was told. */
export function PatrolPage() {
  const say = useSay()
  const isConnected = useLive()
  const status = useStatus()
  const incidents = useIncidents()
  const nodes = useNodes()
  const changes = useChanges()
  const open = (incidents.data?.items ?? []).filter(({ state }) => state === 'open').length
  useEffect(() => {
    document.title = open === 0 ? 'kubepatrol' : `● ${say('page.announce', { open })} — kubepatrol`
  })

  const failure = status.error ?? incidents.error ?? nodes.error
  if (failure instanceof ApiFailure && failure.status === 401) return <NoSession />
  return (
    <Container size="xl" py="md">
      <Anchor href="#incidents" className="kp-skip">
        {say('page.skip')}
      </Anchor>
      <Stack gap="md">
        <PageHeader status={status.data} />
        {isConnected ? null : <Alert color="orange">{say('page.disconnected')}</Alert>}
        {failure ? (
          <Alert color="red" title={say('page.failed')}>
            {failure.message}
          </Alert>
        ) : null}
        <VisuallyHidden aria-live="polite">
          {incidents.data ? say('page.announce', { open }) : ''}
        </VisuallyHidden>
        <Grid gap="md" component="main">
          <Grid.Col span={{ base: 12, md: 7 }}>
            <section id="incidents" aria-labelledby="incidents-title">
              <VisuallyHidden>
                <Title order={2} id="incidents-title">
                  {say('page.incidents')}
                </Title>
              </VisuallyHidden>
              <Incidents incidents={incidents.data?.items} />
            </section>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 0, md: 2 }}>
            <Stack gap="md">
              {nodes.data ? (
                nodes.data.items
                  .slice(0, MOST_NODES)
                  .map(({ name }) => (
                    <NodeCard key={name} name={name} marks={marksOf(incidents.data?.items, name)} />
                  ))
              ) : (
                <Skeleton height={420} />
              )}
              <ToldCard changes={changes.data?.items ?? []} />
            </Stack>
          </Grid.Col>
        </Grid>
        <Text size="xs" c="dimmed">
          {say('page.zone')} kubepatrol {status.data?.version}
        </Text>
      </Stack>
    </Container>
  )
}

function Incidents({ incidents }: { incidents: readonly IncidentDocument[] | undefined }) {
  const say = useSay()
  if (!incidents) return <Skeleton height={240} />
  if (incidents.length === 0) {
    return (
      <Card withBorder padding="xl">
        <Text fz="lg" fw={650}>
          ✓ {say('page.nothing-wrong')}
        </Text>
      </Card>
    )
  }
  return (
    <Stack gap="md">
      {incidents.map((incident) => (
        <IncidentCard key={incident.id} incident={incident} />
      ))}
    </Stack>
  )
}

function NoSession() {
  const say = useSay()
  return (
    <Container size="sm" py="xl" component="main">
      <Title order={1} mb="sm">
        {say('page.no-session')}
      </Title>
      <Text>{say('page.no-session.help')}</Text>
    </Container>
  )
}

function marksOf(incidents: readonly IncidentDocument[] | undefined, node: string): number[] {
  const own = (incidents ?? []).filter(({ affected }) => affected.nodes.includes(node))
  return own.flatMap(({ chain }) => chain.flatMap(({ at }) => (at === null ? [] : [Date.parse(at) / 1000])))
}
