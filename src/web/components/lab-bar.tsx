import { Button, Group, SegmentedControl, Select, Text, VisuallyHidden } from '@mantine/core'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LabDocument, LabRequest } from '../../http/contract.ts'
import { controlLab } from '../data/api.ts'
import { useLanguage, useSay } from '../data/language.tsx'
import { isStatusQuery } from '../data/queries.ts'

/** Speeds to choose from. */
const SPEEDS = [1, 10, 30, 60, 120]

/** What the lab simulates and how fast, and the buttons that change it. */
export function LabBar({ lab }: { lab: LabDocument }) {
  const say = useSay()
  const { language } = useLanguage()
  const queries = useQueryClient()
  const [hasFailed, setHasFailed] = useState(false)
  const want = (request: LabRequest) => {
    setHasFailed(false)
    void controlLab(request)
      .then(() => (request.scenario === undefined ? queries.invalidateQueries() : showAnother(queries)))
      .catch(() => setHasFailed(true))
  }
  const speeds = SPEEDS.includes(lab.speed) ? SPEEDS : [...SPEEDS, lab.speed].toSorted((a, b) => a - b)
  return (
    <Group gap="sm" mt="sm" role="group" aria-label={say('page.scenario')}>
      <Select
        size="xs"
        w={210}
        aria-label={say('page.scenario')}
        value={lab.scenario}
        allowDeselect={false}
        data={lab.scenarios.map(({ id }) => id)}
        onChange={(scenario) => scenario !== null && want({ scenario })}
      />
      <VisuallyHidden id="speed-label">{say('page.speed')}</VisuallyHidden>
      <SegmentedControl
        size="xs"
        aria-labelledby="speed-label"
        value={String(lab.speed)}
        onChange={(speed) => want({ speed: Number(speed) })}
        data={speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
      />
      <Button size="xs" variant="default" onClick={() => want({ isPaused: !lab.isPaused })}>
        {say(lab.isPaused ? 'page.resume' : 'page.pause')}
      </Button>
      <Button size="xs" variant="default" onClick={() => want({ scenario: lab.scenario })}>
        {say('page.restart')}
      </Button>
      <Text size="sm" c="dimmed">
        {lab.scenarios.find(({ id }) => id === lab.scenario)?.summary[language]}
      </Text>
      {/* Always there, for only a change of it is read out. */}
      <Text size="sm" c="red" aria-live="polite">
        {hasFailed ? say('page.lab-refused') : null}
      </Text>
    </Group>
  )
}

/**
 * Another scenario is another cluster: nothing that was shown is of it. Only the status stays until it is answered
 * anew, for without it these controls would be gone, and the focus with them.
 */
async function showAnother(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.resetQueries({ predicate: (query) => !isStatusQuery(query) }),
    queries.invalidateQueries({ predicate: isStatusQuery }),
  ])
}
