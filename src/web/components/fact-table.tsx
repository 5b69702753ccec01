import { Anchor, Code, Table, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure, useId } from '@mantine/hooks'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { useSay } from '../data/language.tsx'
import type { FactView } from '../explain/explanation-view.ts'
import { CommandText } from './command-text.tsx'

/** How many places a person reads. */
const MOST_PLACES = 5

/** What lines state, one fact a row, with the line as its evidence. */
export function FactTable({ facts, label }: { facts: readonly FactView[]; label: string }) {
  const say = useSay()
  return (
    <Table className="kp-table kp-facts" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th data-column="when">{say('explain.page.time')}</Table.Th>
          <Table.Th data-column="fact">{say('explain.page.fact')}</Table.Th>
          <Table.Th data-column="node">{say('explain.page.node')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {facts.map((fact) => (
          <FactRow key={`${fact.id} ${fact.place} ${fact.sentence}`} fact={fact} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function FactRow({ fact }: { fact: FactView }) {
  const say = useSay()
  const [isOpen, { toggle }] = useDisclosure(false)
  const id = useId()
  const { when, node, sentence, place, others, count, raw } = fact
  return (
    <Table.Tr>
      <Table.Td data-column="when">{shown(when)}</Table.Td>
      <Table.Td data-column="fact">
        <CommandText>{sentence}</CommandText>
        <div>
          <UnstyledButton
            onClick={toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={say('explain.page.show-line', { place: shown(place) })}
          >
            <Anchor component="span" size="xs">
              {isOpen ? '▾' : '▸'} {shown(place)}
            </Anchor>
          </UnstyledButton>
          <Text span size="xs" c="dimmed" ml="xs" ff="monospace">
            {fact.id}
            {count > 1 ? ` ×${count}` : ''}
          </Text>
        </div>
        <div id={id}>
          {isOpen ? (
            <>
              <Code block className="kp-raw">
                {neutraliseText(raw)}
              </Code>
              {others.length === 0 ? null : (
                <Text size="xs" c="dimmed">
                  {say('explain.page.more-places', {
                    count,
                    places: others
                      .slice(0, MOST_PLACES)
                      .map((other) => shown(other))
                      .join(', '),
                  })}
                </Text>
              )}
            </>
          ) : null}
        </div>
      </Table.Td>
      <Table.Td data-column="node">{node === null ? '' : shown(node)}</Table.Td>
    </Table.Tr>
  )
}
