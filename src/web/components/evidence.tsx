import { Anchor, Collapse, Code, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure, useId } from '@mantine/hooks'
import type { FactDocument } from '../../core/incident/incident-document.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { useSay } from '../data/language.tsx'

/** The log lines that a step rests on, shown on demand: the first ones where there are `total`. */
export function Evidence({
  facts,
  total = facts.length,
}: {
  facts: readonly FactDocument[]
  total?: number
}) {
  const [isOpen, { toggle }] = useDisclosure(false)
  const say = useSay()
  const id = useId()
  if (facts.length === 0) return null
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={isOpen} aria-controls={id}>
        <Anchor component="span" size="xs">
          {isOpen ? '▾' : '▸'} {say('page.evidence', { count: total })}
        </Anchor>
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id}>
        <Stack gap={6} mt={6}>
          {(isOpen ? facts : []).map((fact) => (
            <div key={`${fact.id} ${fact.source.file} ${fact.source.line}`}>
              <Group gap="xs">
                <Text size="xs" c="dimmed">
                  {fact.id} · {shown(fact.source.file)}:{fact.source.line} ·{' '}
                  {say('page.lines', { count: fact.count })}
                </Text>
              </Group>
              <Code block className="kp-raw">
                {neutraliseText(fact.raw)}
              </Code>
            </div>
          ))}
          {isOpen && total > facts.length ? (
            <Text size="xs" c="dimmed">
              {say('explain.page.more', { count: total - facts.length })}
            </Text>
          ) : null}
        </Stack>
      </Collapse>
    </div>
  )
}
