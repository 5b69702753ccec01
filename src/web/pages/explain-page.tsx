import { Alert, Skeleton, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import { Explained } from '../components/explained.tsx'
import { LogInput } from '../components/log-input.tsx'
import { PageTitle } from '../components/page-title.tsx'
import { ReadingProgress } from '../components/reading-progress.tsx'
import { useLanguage, useSay } from '../data/language.tsx'
import type { DroppedFile } from '../explain/protocol.ts'
import { useExplain } from '../explain/use-explain.ts'
import { useWindowDrop } from '../explain/use-window-drop.ts'
import { yearOf } from '../explain/year-of.ts'

/** Says from logs alone what happened to a disk, why, and what to do; the logs stay in the browser. */
export function ExplainPage() {
  const say = useSay()
  const { language } = useLanguage()
  const { session, state } = useExplain()
  const [year, setYear] = useState('')
  useEffect(() => session.look({ language }), [session, language])
  const explain = (files: readonly DroppedFile[]) => session.explain(files, yearOf(year) ?? undefined)
  const isOver = useWindowDrop(explain)
  return (
    <Stack gap="md">
      <div>
        <PageTitle>{say('explain.page.title')}</PageTitle>
        <Text size="sm" c="dimmed">
          {say('explain.page.intro')}
        </Text>
        <div role="status">
          {state.phase === 'idle' && state.wasCancelled ? say('explain.page.cancelled') : null}
        </div>
      </div>
      {state.phase === 'reading' ? (
        <ReadingProgress reading={state} onCancel={() => session.cancel()} />
      ) : (
        <LogInput
          isExplained={state.phase === 'explained'}
          isOver={isOver}
          year={year}
          onYear={setYear}
          onFiles={explain}
          onAgain={() => session.explainAgain(yearOf(year) ?? undefined)}
        />
      )}
      {state.phase === 'failed' ? (
        <Alert color="red">{say('explain.page.failed', { problem: neutraliseText(state.problem) })}</Alert>
      ) : null}
      {state.phase === 'explained' && !state.view ? <Skeleton height={240} /> : null}
      {state.phase === 'explained' && state.view ? (
        <Explained
          view={state.view}
          onLook={(change) => session.look(change)}
          onSave={(form) => session.write(form, language)}
        />
      ) : null}
    </Stack>
  )
}
