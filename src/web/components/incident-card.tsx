import { Badge, Card, Group, List, Stack, Text, Title } from '@mantine/core'
import type { IncidentDocument } from '../../core/incident/incident-document.ts'
import type { ReactNode } from 'react'
import { useSay } from '../data/language.tsx'
import { timeOfDay } from '../data/time-text.ts'
import { Affected } from './affected.tsx'
import { CommandText } from './command-text.tsx'
import { Evidence } from './evidence.tsx'
import { SEVERITY_COLOUR } from './severity-badge.tsx'

/** What is known of an incident besides its document. */
interface IncidentCardProps {
  incident: IncidentDocument
  /** When each step was, where the time of day does not say it, and on how many facts it rests. */
  steps?: readonly { when: string; evidence: number }[]
  /** Its timeline. */
  picture?: ReactNode
}

/** One cause, what followed from it, whom it harms, and what to do. */
export function IncidentCard({ incident, steps: told, picture }: IncidentCardProps) {
  const say = useSay()
  const { cause, chain, severity, state } = incident
  const { headline = '', rest = '' } =
    /^(?<headline>.*?(?:\. |。|$))(?<rest>.*)$/s.exec(cause.message)?.groups ?? {}
  const steps = chain.filter(({ id }) => id !== cause.id)
  return (
    <Card withBorder padding="lg" component="article" aria-labelledby={incident.id}>
      <Stack gap="sm">
        <Group gap="xs">
          <Badge color={SEVERITY_COLOUR[severity]} variant="filled">
            {say(`tell.${severity}`)}
          </Badge>
          <Badge color={state === 'open' ? SEVERITY_COLOUR[severity] : 'green'} variant="outline">
            {say(`tell.${state}`)}
          </Badge>
          <Text size="sm" c="dimmed" ff="monospace">
            {cause.id}
          </Text>
          {incident.openedAt === null || told ? null : (
            <Text size="sm" c="dimmed">
              {say('page.opened-at', { time: timeOfDay(incident.openedAt) })}
            </Text>
          )}
        </Group>
        <div>
          <Title order={3} id={incident.id} fz="lg" lh={1.45}>
            <CommandText>{headline}</CommandText>
          </Title>
          <Text>
            <CommandText>{rest}</CommandText>
          </Text>
        </div>
        {cause.because === null ? null : (
          <Text size="sm" c="dimmed">
            {say(`tell.${cause.certainty}`)}: <CommandText>{cause.because}</CommandText>
          </Text>
        )}
        <Affected affected={incident.affected} />
        {picture}
        {steps.length === 0 ? null : (
          <section>
            <Title order={4} fz="sm" mb="xs">
              {say('page.chain')}
            </Title>
            <ol className="kp-chain">
              {steps.map((link, index) => (
                <li key={`${link.id} ${index}`} data-certainty={link.certainty}>
                  <Text size="sm" component="div">
                    <Text span ff="monospace" fw={650} size="sm" mr="xs">
                      {told?.[index]?.when ?? (link.at === null ? link.atText : timeOfDay(link.at))}
                    </Text>
                    <CommandText>{link.message}</CommandText>
                  </Text>
                  {link.because === null ? null : (
                    <Text size="xs" c="dimmed">
                      {link.certainty === 'inferred' ? `${say('tell.inferred')}: ` : ''}
                      <CommandText>{link.because}</CommandText>
                    </Text>
                  )}
                  <Evidence facts={link.facts} {...totalOf(told?.[index])} />
                </li>
              ))}
            </ol>
          </section>
        )}
        <section>
          <Title order={4} fz="sm" mb="xs">
            {say('explain.what-to-do')}
          </Title>
          <List type="ordered" size="sm" spacing={6}>
            {incident.advice.map((advice) => (
              <List.Item key={advice}>
                <CommandText>{advice}</CommandText>
              </List.Item>
            ))}
          </List>
        </section>
      </Stack>
    </Card>
  )
}

function totalOf(step: { evidence: number } | undefined): { total?: number } {
  return step ? { total: step.evidence } : {}
}
