import { Button, Stack, Textarea } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useSay } from '../data/language.tsx'
import type { DroppedFile } from '../explain/protocol.ts'

/** How pasted lines are named in evidence. */
const PASTED = 'pasted.log'

/** Lines of a log that come from the clipboard. */
export function LogPaste({ onFiles }: { onFiles: (files: DroppedFile[]) => void }) {
  const say = useSay()
  const box = useRef<HTMLTextAreaElement>(null)
  useEffect(() => box.current?.focus(), [])
  const explain = () => {
    const text = box.current?.value ?? ''
    if (text.trim() === '') box.current?.focus()
    else onFiles([{ path: PASTED, file: new Blob([text]) }])
  }
  return (
    <Stack gap="xs" align="flex-start">
      {/* The browser keeps what is in it: it may be long, and nothing else needs to know it. */}
      <Textarea
        ref={box}
        w="100%"
        label={say('explain.page.pasted')}
        rows={8}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.75rem' } }}
      />
      <Button size="xs" onClick={explain}>
        {say('explain.page.explain-pasted')}
      </Button>
    </Stack>
  )
}
