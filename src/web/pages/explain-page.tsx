import { Alert, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { Explained } from '../components/explained.tsx'
import { LogDrop } from '../components/log-drop.tsx'
import { LogPaste } from '../components/log-paste.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { ReadingProgress } from '../components/reading-progress.tsx'
import { useLanguage, useSay } from '../data/language.tsx'
import type { DroppedFile } from '../explain/protocol.ts'
import { useExplain } from '../explain/use-explain.ts'

/** Says from logs alone what happened to a disk, why, and what to do; the logs stay in the browser. */
export function ExplainPage() {
  const say = useSay()
  const { language } = useLanguage()
  const { session, state } = useExplain()
  const [yearText, setYearText] = useState('')
  const year = yearOf(yearText)
  useEffect(() => session.look({ language }), [session, language])
  const explain = (files: DroppedFile[]) => session.explain(files, year ?? undefined)
  return (
    <Stack gap="md">
      <div>
        <PageTitle>{say('explain.page.title')}</PageTitle>
        <Text size="sm" c="dimmed">
          {say('explain.page.intro')}
        </Text>
      </div>
      {state.phase === 'reading' ? (
        <ReadingProgress reading={state} onCancel={() => session.cancel()} />
      ) : (
        <>
          <LogDrop onFiles={explain} />
          <LogPaste onFiles={explain} />
          <Group align="flex-end" gap="xs">
            <TextInput
              size="xs"
              inputMode="numeric"
              label={say('explain.page.year')}
              value={yearText}
              onChange={(event) => setYearText(event.currentTarget.value)}
              error={year === null ? say('explain.page.year-range') : null}
            />
            {state.phase === 'explained' ? (
              <Button
                size="xs"
                variant="default"
                disabled={year === null}
                onClick={() => session.explainAgain(year ?? undefined)}
              >
                {say('explain.page.again')}
              </Button>
            ) : null}
          </Group>
        </>
      )}
      {state.phase === 'idle' && state.wasCancelled ? (
        <Text role="status">{say('explain.page.cancelled')}</Text>
      ) : null}
      {state.phase === 'failed' ? (
        <Alert color="red">{say('explain.page.failed', { problem: neutraliseText(state.problem) })}</Alert>
      ) : null}
      {state.phase === 'explained' ? (
        state.view ? (
          <Explained
            view={state.view}
            onLook={(change) => session.look(change)}
            onSave={(form) => session.write(form, language)}
          />
        ) : (
          <Skeleton height={240} />
        )
      ) : null}
    </Stack>
  )
}

/** The year that lines lack: undefined when none is given, null when it is none. */
function yearOf(text: string): number | undefined | null {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  const year = Number(trimmed)
  return /^\d{4}$/.test(trimmed) && year >= 1970 ? year : null
}
