import { Button, List, Text } from '@mantine/core'
import { useState } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { ForecastDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { useWhen } from '../data/when.ts'

type Action = ForecastDocument['actions'][number]

/** More than this is folded away. */
const SHOWN = 6

/** What the kubelet will do, in order, with whom it takes. */
export function ForecastActions({ forecast }: { forecast: ForecastDocument }) {
  const say = useSay()
  const when = useWhen(forecast)
  const [showsAll, setShowsAll] = useState(false)
  const { actions } = forecast
  const shown = showsAll ? actions : actions.slice(0, SHOWN)
  return (
    <div>
      <List type="ordered" size="sm" spacing={4}>
        {shown.map((action, index) => (
          // Actions have no name of their own; their order is what tells them apart.
          <List.Item key={`${index} ${action.kind}`}>
            <Text span size="sm" fw={650}>
              {say(`simulate.kind.${action.kind}`)}
            </Text>{' '}
            <Text span size="sm" c="dimmed">
              {when(action.at)}
            </Text>
            <Victims action={action} />
          </List.Item>
        ))}
      </List>
      {actions.length > SHOWN ? (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? say('page.forecast.fewer') : say('page.forecast.all', { count: actions.length })}
        </Button>
      ) : null}
    </div>
  )
}

function Victims({ action: { victims, victimSet, taken } }: { action: Action }) {
  const say = useSay()
  const sentences = [
    ...(victims.length > 0 ? [say('simulate.victims', { victims: victims.map(nameOf) })] : []),
    ...(victimSet.length > 0 && taken
      ? [say('simulate.victim-set', { victims: victimSet.map(nameOf), ...taken })]
      : []),
  ]
  if (sentences.length === 0) return null
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {neutraliseText(sentences.join(' '))}
    </Text>
  )
}

function nameOf(victim: Action['victims'][number]): string {
  if (victim.kind === 'image') return victim.name ?? victim.id
  return victim.kind === 'pod' ? `${victim.namespace}/${victim.name}` : `${victim.pod} (${victim.name})`
}
