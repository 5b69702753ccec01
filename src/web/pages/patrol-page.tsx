import { Alert, Anchor, Container, Stack, Text, Title, VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import { PageHeader } from '../components/page-header.tsx'
import { SiteNav } from '../components/site-nav.tsx'
import { ApiFailure } from '../data/api.ts'
import { useSay } from '../data/language.tsx'
import { useLive } from '../data/live.ts'
import { useRoute } from '../data/navigation.ts'
import { useIncidents, useStatus } from '../data/queries.ts'
import type { Route } from '../data/route.ts'
import { ExplainPage } from './explain-page.tsx'
import { FindingsPage } from './findings-page.tsx'
import { FleetPage } from './fleet-page.tsx'
import { IncidentPage } from './incident-page.tsx'
import { IncidentsPage } from './incidents-page.tsx'
import { NodePage } from './node-page.tsx'
import { NothingHere } from './nothing-here.tsx'
import { NotificationsPage } from './notifications-page.tsx'

/** What is around every page, and the page of the address. */
export function PatrolPage() {
  const say = useSay()
  const route = useRoute()
  const isConnected = useLive()
  const status = useStatus()
  const incidents = useIncidents({ state: 'open' })
  const open = incidents.data?.total ?? 0
  useEffect(() => {
    document.title = open === 0 ? 'kubepatrol' : `● ${say('page.announce', { open })} — kubepatrol`
  })

  const failure = status.error ?? incidents.error
  if (failure instanceof ApiFailure && failure.status === 401) return <NoSession />
  return (
    <Container size="xl" py="md">
      <Anchor href="#content" className="kp-skip">
        {say('page.skip-to-content')}
      </Anchor>
      <Stack gap="md">
        <PageHeader status={status.data} />
        <SiteNav route={route} open={open} />
        {isConnected ? null : <Alert color="orange">{say('page.disconnected')}</Alert>}
        {failure ? (
          <Alert color="red" title={say('page.failed')}>
            {failure.message}
          </Alert>
        ) : null}
        <VisuallyHidden aria-live="polite">
          {incidents.data ? say('page.announce', { open }) : ''}
        </VisuallyHidden>
        <main id="content" tabIndex={-1}>
          <Place route={route} />
        </main>
        <Text size="xs" c="dimmed" component="footer">
          {say('page.zone')} kubepatrol {status.data?.version}
        </Text>
      </Stack>
    </Container>
  )
}

function Place({ route }: { route: Route }) {
  switch (route.page) {
    case 'fleet':
      return <FleetPage />
    case 'node':
      return <NodePage key={route.name} name={route.name} />
    case 'incidents':
      return <IncidentsPage />
    case 'incident':
      return <IncidentPage key={route.id} id={route.id} />
    case 'findings':
      return <FindingsPage />
    case 'notifications':
      return <NotificationsPage />
    case 'explain':
      return <ExplainPage />
    case 'nothing':
      return <NothingHere />
  }
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
