import { Badge, Card, Group, Table, Text, Title } from '@mantine/core'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { NodeDocument } from '../../http/contract.ts'
import type { AgentDocument } from '../../http/node-contract.ts'
import { useAgo } from '../data/ago.ts'
import { useSay } from '../data/language.tsx'

/** Whether the node's agent is heard, in one sentence. */
export function AgentState({ agent }: { agent: AgentDocument }) {
  const say = useSay()
  const ago = useAgo()
  if (agent.state === 'none' || agent.heardAt === null)
    return (
      <Text size="sm" c="dimmed" className="kp-sentence">
        {say('page.seen.none')}
      </Text>
    )
  return (
    <Group gap="xs" wrap="nowrap" align="baseline">
      <span className="kp-dot" data-state={agent.state} aria-hidden />
      <Text size="sm" className="kp-sentence">
        {say(`page.seen.${agent.state}`, ago(agent.heardAt))}
      </Text>
    </Group>
  )
}

/** What is known of a node: who saw each part, where it was read, and when. */
export function WhoSaw({ node: { parts } }: { node: NodeDocument }) {
  const say = useSay()
  const ago = useAgo()
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="who-saw">
      <Title order={2} id="who-saw" mb="xs">
        {say('page.seen')}
      </Title>
      <Table className="kp-table kp-seen" aria-label={say('page.seen')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th data-column="part">{say('page.seen.part')}</Table.Th>
            <Table.Th data-column="by">{say('page.seen.by')}</Table.Th>
            <Table.Th data-column="source">{say('page.seen.source')}</Table.Th>
            <Table.Th data-column="age">{say('page.seen.age')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {parts.map(({ part, by, source, observedAt }) => (
            <Table.Tr key={part}>
              <Table.Th scope="row" data-column="part">
                {say(`page.seen.part.${part}`)}
              </Table.Th>
              <Table.Td data-column="by">
                <Badge
                  size="sm"
                  variant="light"
                  color={by === 'agent' ? 'cyan' : 'gray'}
                  className="kp-badge"
                >
                  {say(`page.seen.${by}`)}
                </Badge>
              </Table.Td>
              <Table.Td data-column="source">{neutraliseText(source)}</Table.Td>
              <Table.Td data-column="age">{say('page.seen.ago', ago(observedAt))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}
