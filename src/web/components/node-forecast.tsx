import { Button, List, Stack, Text, Title } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { formatBytes } from '../../core/units/bytes.ts'
import type { ForecastDocument } from '../../http/contract.ts'
import { useSay } from '../data/language.tsx'
import { useForecast } from '../data/queries.ts'
import { useWhen } from '../data/when.ts'
import { ForecastActions } from './forecast-actions.tsx'

/** What will become of a node's disk: levels, the kubelet's actions in order, what follows, and what is not known. */
export function NodeForecast({ node }: { node: string }) {
  const say = useSay()
  const { data } = useForecast(node)
  if (!data) return null
  const soon = data.levels.filter(({ at, kind }) => at.p10 !== null || kind !== 'full')
  return (
    <section aria-labelledby={`forecast-${node}`}>
      <Title order={3} fz="sm" mb={4} id={`forecast-${node}`}>
        {say('page.forecast')}
      </Title>
      {/* Actions change by the second, and what is below them must not move. */}
      <Stack gap="xs" {...(data.actions.length === 0 ? {} : scrolled(`forecast-${node}`))}>
        {data.actions.length === 0 ? <NoActions forecast={data} /> : <ForecastActions forecast={data} />}
        <Part title={say('forecast.consequences')}>
          {data.consequences.map(({ message, nodes }) => (
            <List.Item key={message}>
              {neutraliseText(message)}
              {nodes.length === 0 ? null : (
                <List size="sm" c="dimmed" withPadding>
                  {nodes.map((refusing) => (
                    <List.Item key={refusing.reason}>
                      {neutraliseText(say('forecast.refusing', refusing))}
                    </List.Item>
                  ))}
                </List>
              )}
            </List.Item>
          ))}
        </Part>
        <Levels levels={soon} forecast={data} />
        <Part title={say('forecast.growth')}>
          {data.consumers.slice(0, 5).map(({ name, bytesPerSecond }) => (
            <List.Item key={name}>
              {neutraliseText(name)}: {formatBytes(bytesPerSecond)}/s
            </List.Item>
          ))}
        </Part>
        <Part title={say('forecast.gaps')}>
          {data.gaps.map((gap) => (
            <List.Item key={gap}>{neutraliseText(gap)}</List.Item>
          ))}
        </Part>
      </Stack>
    </section>
  )
}

/** Of one height, to be scrolled with the keyboard too. */
function scrolled(labelledBy: string) {
  return { className: 'kp-forecast', role: 'group', tabIndex: 0, 'aria-labelledby': labelledBy }
}

/** That nothing is done must not be said while too little is known to say it. */
function NoActions({ forecast }: { forecast: ForecastDocument }) {
  const say = useSay()
  const { growth, levels, horizonSeconds } = forecast
  const isUnknown = growth === null || levels.every(({ kind }) => kind === 'full')
  const isCrossing = levels.some(({ at }) => at.p10 !== null)
  return (
    <Text size="sm" c="dimmed">
      {isCrossing
        ? say('page.forecast.untold')
        : isUnknown
          ? say('page.forecast.unknown')
          : say('page.forecast.calm', { hours: horizonSeconds / 3600 })}
    </Text>
  )
}

/** When each level is crossed; folded, for the chart shows the same. */
function Levels({ levels, forecast }: { levels: ForecastDocument['levels']; forecast: ForecastDocument }) {
  const say = useSay()
  const when = useWhen(forecast)
  const [isOpen, setOpen] = useState(false)
  if (levels.length === 0) return null
  return (
    <div>
      <Button size="compact-xs" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {say('page.forecast.levels', { count: levels.length })}
      </Button>
      {isOpen ? (
        <List size="sm" spacing={2}>
          {levels.map((level) => (
            <List.Item key={`${level.id} ${level.kind}`}>
              {neutraliseText(level.message)}: {when(level.at)}
            </List.Item>
          ))}
        </List>
      ) : null}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null
  return (
    <div>
      <Text size="sm" fw={650}>
        {title}
      </Text>
      <List size="sm" spacing={2} style={{ overflowWrap: 'anywhere' }}>
        {children}
      </List>
    </div>
  )
}
