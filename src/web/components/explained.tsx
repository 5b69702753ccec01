import { Alert, Button, Card, Group, List, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ExplanationForm } from '../../core/explain/present/forms.ts'
import { shown } from '../../core/tell/shown-text.ts'
import { useSay } from '../data/language.tsx'
import type { ExplanationView, ViewAsked } from '../explain/explanation-view.ts'
import { FACTS_PER_PAGE } from '../explain/facts-per-page.ts'
import { CommandText } from './command-text.tsx'
import { FactTable } from './fact-table.tsx'
import { FileTable } from './file-table.tsx'
import { IncidentCard } from './incident-card.tsx'
import { Pager } from './pager.tsx'
import { SEVERITY_COLOUR } from './severity-badge.tsx'
import { TimelinePicture } from './timeline-picture.tsx'

interface ExplainedProps {
  view: ExplanationView
  onLook: (change: Partial<ViewAsked>) => void
  onSave: (form: ExplanationForm) => void
}

/** What logs say: the diagnosis first, then what it rests on. */
export function Explained({ view, onLook, onSave }: ExplainedProps) {
  const say = useSay()
  const { incidents, notes, facts, files, asked } = view
  const factsLabel = say('explain.page.facts', { count: facts.total })
  const filesLabel = say('explain.page.files', { count: files.total })
  return (
    <Stack gap="md">
      <Diagnosis view={view} />
      <Group justify="space-between" align="flex-end">
        <NodeFilter view={view} onLook={onLook} />
        <Group gap="xs" role="group" aria-label={say('explain.page.save')}>
          <Text size="sm" c="dimmed">
            {say('explain.page.save')}
          </Text>
          {FORMS.map(([form, name]) => (
            <Button key={form} size="compact-sm" variant="default" onClick={() => onSave(form)}>
              {name}
            </Button>
          ))}
        </Group>
      </Group>
      {incidents.shown.map(({ document, steps, timeline }) => (
        <IncidentCard
          key={document.id}
          incident={document}
          steps={steps}
          picture={timeline ? <TimelinePicture timeline={timeline} /> : null}
        />
      ))}
      <Listed listed={incidents.shown.length} total={incidents.total} />
      {notes.map(({ heading, seen }, index) => (
        <section key={heading} aria-labelledby={`note-${index}`}>
          <Title order={2} id={`note-${index}`} mb="xs">
            {heading}
          </Title>
          <List size="sm" spacing={4}>
            {seen.map(({ sentence, evidence }) => (
              <List.Item key={`${sentence} ${evidence}`}>
                <CommandText>{sentence}</CommandText>{' '}
                <Text span size="xs" c="dimmed">
                  {shown(evidence)}
                </Text>
              </List.Item>
            ))}
          </List>
        </section>
      ))}
      {facts.total === 0 ? null : (
        <section aria-labelledby="facts">
          <Group justify="space-between" mb="xs">
            <Title order={2} id="facts">
              {factsLabel}
            </Title>
            <Pager
              page={asked.page}
              size={FACTS_PER_PAGE}
              all={facts.total}
              onPage={(page) => onLook({ page })}
            />
          </Group>
          <FactTable facts={facts.shown} label={factsLabel} />
        </section>
      )}
      <section aria-labelledby="files">
        <Title order={2} id="files" mb="xs">
          {filesLabel}
        </Title>
        <FileTable files={files.shown} label={filesLabel} />
        <Listed listed={files.shown.length} total={files.total} />
      </section>
    </Stack>
  )
}

const FORMS: readonly (readonly [ExplanationForm, string])[] = [
  ['markdown', 'Markdown'],
  ['html', 'HTML'],
  ['json', 'JSON'],
]
const COLOURS = {
  full: 'red',
  pressure: 'red',
  'gc-threshold': 'orange',
  recovered: 'green',
  'not-stated': 'gray',
} as const

/** A disk that has recovered is no good news while an incident is open; the gravest comes first. */
function verdictColour({ incidents, nodeDisk }: ExplanationView): string {
  const open = incidents.shown.find(
    ({ document: { state, severity } }) => state === 'open' && severity !== 'info',
  )
  return open ? SEVERITY_COLOUR[open.document.severity] : COLOURS[nodeDisk.state]
}

/** What was wrong in a sentence, how it ended, and what could not be read. Takes the focus, so that it is read out. */
function Diagnosis({ view }: { view: ExplanationView }) {
  const { diagnosis, headline, nodeDisk, files } = view
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [])
  const [sentence = ''] = /^.*?(?:\. |。|$)/s.exec(diagnosis ?? headline) ?? []
  const failures = files.shown.flatMap(({ failure }) => failure ?? [])
  return (
    <Card
      withBorder
      padding="lg"
      component="section"
      aria-labelledby="diagnosis"
      className="kp-diagnosis"
      data-colour={verdictColour(view)}
    >
      <Stack gap="xs">
        <Title order={2} id="diagnosis" tabIndex={-1} ref={ref} className="kp-title" fz="xl" lh={1.4}>
          <CommandText>{sentence.trim()}</CommandText>
        </Title>
        <Text>
          {diagnosis === undefined ? '' : `${headline} `}
          {nodeDisk.sentence}
        </Text>
        {failures.length === 0 ? null : (
          <Alert color="orange" p="xs">
            <List size="sm" spacing={2} listStyleType="none">
              {failures.map(({ code, sentence: words }) => (
                <List.Item key={`${code} ${words}`}>
                  <b>{code}</b>: <CommandText>{words}</CommandText>
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Card>
  )
}

function NodeFilter({ view: { nodes, asked }, onLook }: Pick<ExplainedProps, 'view' | 'onLook'>) {
  const say = useSay()
  if (nodes.length < 2) return <span />
  return (
    <NativeSelect
      size="xs"
      label={say('explain.page.node')}
      value={asked.node ?? ''}
      onChange={({ currentTarget: { value } }) => onLook({ node: value === '' ? null : value, page: 0 })}
      data={[
        { value: '', label: say('explain.page.all-nodes', { count: nodes.length }) },
        ...nodes.map((node) => ({ value: node, label: shown(node) })),
      ]}
    />
  )
}

function Listed({ listed, total }: { listed: number; total: number }) {
  const say = useSay()
  if (listed === total) return null
  return (
    <Text size="sm" c="dimmed">
      {say('page.listed', { listed, total })}
    </Text>
  )
}
