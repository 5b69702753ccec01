import { Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import type { DeliveryDocument } from '../../http/list-contract.ts'
import { PageTitle } from '../components/page-title.tsx'
import { PlaceLink } from '../components/place-link.tsx'
import { SeverityBadge } from '../components/severity-badge.tsx'
import { ToldCard } from '../components/told-card.tsx'
import { useSay } from '../data/language.tsx'
import { useChanges, useDeliveries, useStatus } from '../data/queries.ts'
import { incidentPath } from '../data/route.ts'
import { timeText } from '../data/time-text.ts'

/** What was told, to whom, and whether it arrived. */
export function NotificationsPage() {
  const say = useSay()
  const deliveries = useDeliveries()
  const changes = useChanges()
  const now = useStatus().data?.observedAt ?? null
  const sent = deliveries.data?.items
  return (
    <Stack gap="md">
      <PageTitle>{say('page.nav.notifications')}</PageTitle>
      <section aria-labelledby="deliveries">
        <Title order={2} id="deliveries" mb="xs">
          {say('page.deliveries')}
        </Title>
        {!sent ? <Skeleton height={120} /> : null}
        {sent?.length === 0 ? <Text size="sm">{say('page.deliveries.none')}</Text> : null}
        {sent && sent.length > 0 ? <DeliveryTable deliveries={sent} now={now} /> : null}
      </section>
      <ToldCard changes={changes.data?.items ?? []} />
    </Stack>
  )
}

function DeliveryTable({ deliveries, now }: { deliveries: readonly DeliveryDocument[]; now: string | null }) {
  const say = useSay()
  return (
    <Table className="kp-table kp-deliveries" aria-label={say('page.deliveries')}>
      <Table.Thead>
        <Table.Tr>
          {(['time', 'severity', 'channel', 'notice', 'delivery'] as const).map((column) => (
            <Table.Th key={column} data-column={column}>
              {say(`page.column.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {deliveries.map((delivery) => (
          <Table.Tr key={`${delivery.channel} ${delivery.key}`}>
            <Table.Td data-column="time">{timeText(delivery.createdAt, now)}</Table.Td>
            <Table.Td data-column="severity">
              <SeverityBadge severity={delivery.severity} />
            </Table.Td>
            <Table.Td data-column="channel">{shown(delivery.channel)}</Table.Td>
            <Table.Td data-column="notice">
              {say(`tell.${delivery.kind}`)}{' '}
              {delivery.incidentId === null ? (
                shown(delivery.message, 240)
              ) : (
                <PlaceLink path={incidentPath(delivery.incidentId)}>{shown(delivery.message, 240)}</PlaceLink>
              )}
            </Table.Td>
            <Table.Td data-column="delivery">
              <DeliveryState delivery={delivery} now={now} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function DeliveryState({ delivery, now }: { delivery: DeliveryDocument; now: string | null }) {
  const say = useSay()
  const { state, attempts, dueAt, deliveredAt, failure } = delivery
  const time = (at: string | null) => (at === null ? '—' : timeText(at, now))
  const words = {
    waiting: () => say('page.delivery.waiting', { attempts, time: time(dueAt) }),
    delivered: () => say('page.delivery.delivered', { attempts, time: time(deliveredAt) }),
    failed: () => say('page.delivery.failed', { attempts }),
  }
  return (
    <>
      <Text
        size="sm"
        fw={state === 'failed' ? 650 : 400}
        {...(state === 'failed' ? { c: 'var(--kp-hard)' } : {})}
      >
        {words[state]()}
      </Text>
      {failure === null || state === 'delivered' ? null : (
        <Text size="xs" c="dimmed">
          {shown(failure, 240)}
        </Text>
      )}
    </>
  )
}
