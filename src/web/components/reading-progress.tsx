import { Button, Card, Group, Progress, Stack, Text, VisuallyHidden } from '@mantine/core'
import { shown } from '../../core/tell/shown-text.ts'
import { useSay } from '../data/language.tsx'
import type { ExplainState } from '../explain/explain-session.ts'

/** So often somebody who cannot see the bar is told how far it is, in percent. */
const TOLD_EVERY = 25

/** How far the reading of logs is, and the way to end it. */
export function ReadingProgress({
  reading: { count, path, pace },
  onCancel,
}: {
  reading: Extract<ExplainState, { phase: 'reading' }>
  onCancel: () => void
}) {
  const say = useSay()
  const percent = pace?.percent ?? 0
  const told = Math.floor(percent / TOLD_EVERY) * TOLD_EVERY
  return (
    <Card withBorder padding="lg">
      <Stack gap="sm">
        <Group justify="space-between">
          <Text fw={650}>{say('explain.page.reading', { files: count })}</Text>
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {say('explain.page.cancel')}
          </Button>
        </Group>
        <Progress
          value={percent}
          size="lg"
          transitionDuration={100}
          aria-label={say('explain.page.progress')}
        />
        <Text size="sm" c="dimmed" className="kp-sentence">
          {shown(path)}
          {pace ? ` · ${say('explain.page.pace', pace)}` : ''}
        </Text>
        <VisuallyHidden aria-live="polite">
          {told === 0
            ? say('explain.page.reading', { files: count })
            : say('explain.page.percent', { percent: told })}
        </VisuallyHidden>
      </Stack>
    </Card>
  )
}
