import { Badge, Group, Text } from '@mantine/core'
import type { IncidentDocument } from '../../core/incident/incident-document.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { useSay } from '../data/language.tsx'

const KINDS = ['pods', 'images', 'volumes', 'nodes'] as const

/** How many names of a kind anybody reads. */
const MOST_NAMES = 30

/** Whom an incident harms, by name. */
export function Affected({ affected }: { affected: IncidentDocument['affected'] }) {
  const say = useSay()
  return (
    <Group gap="md" role="group" aria-label={say('explain.affected')}>
      {KINDS.filter((kind) => affected[kind].length > 0).map((kind) => (
        <Group key={kind} gap={6}>
          <Text size="xs" c="dimmed">
            {say(`explain.${kind}`)}
          </Text>
          {affected[kind].slice(0, MOST_NAMES).map((name) => (
            <Badge
              key={name}
              variant="light"
              color="gray"
              tt="none"
              ff="monospace"
              fw={500}
              autoContrast={false}
              c="var(--mantine-color-text)"
              maw="100%"
            >
              {neutraliseText(name)}
            </Badge>
          ))}
          {affected[kind].length > MOST_NAMES ? (
            <Text size="xs" c="dimmed">
              {say('explain.page.more', { count: affected[kind].length - MOST_NAMES })}
            </Text>
          ) : null}
        </Group>
      ))}
    </Group>
  )
}
