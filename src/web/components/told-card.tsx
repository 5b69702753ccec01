import { Badge, Card, Group, Stack, Text, Title } from '@mantine/core'
import type { ChangeDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { incidentPath } from '../data/route.ts'
import { timeOfDay } from '../data/time-text.ts'
import { CommandText } from './command-text.tsx'
import { PlaceLink } from './place-link.tsx'

const COLOUR = { opened: 'red', changed: 'orange', resolved: 'green' } as const

/** Every message that went out, newest first. */
export function ToldCard({ changes }: { changes: readonly ChangeDocument[] }) {
  const say = useSay()
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="told">
      <Title order={2} id="told" mb="sm">
        {say('page.told')}
      </Title>
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {say('page.nothing-told')}
        </Text>
      ) : (
        <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
          {changes.map((change) => (
            <li key={change.key}>
              <Group gap="xs" wrap="nowrap" align="baseline">
                <Text size="sm" ff="monospace">
                  {timeOfDay(change.at)}
                </Text>
                <Badge size="sm" variant="light" color={COLOUR[change.kind]} style={{ flexShrink: 0 }}>
                  {say(`tell.${change.kind}`)}
                </Badge>
                <Text size="sm" lineClamp={3} component="div">
                  <PlaceLink path={incidentPath(change.incidentId)}>
                    <CommandText>{change.message}</CommandText>
                  </PlaceLink>
                </Text>
              </Group>
            </li>
          ))}
        </Stack>
      )}
    </Card>
  )
}
