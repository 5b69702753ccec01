import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useDisclosure, useId } from '@mantine/hooks'
import { useSay } from '../data/language.tsx'
import type { DroppedFile } from '../explain/protocol.ts'
import { yearOf } from '../explain/year-of.ts'
import { FolderButton } from './file-choice.tsx'
import { LogDrop } from './log-drop.tsx'
import { LogPaste } from './log-paste.tsx'

interface LogInputProps {
  /** Whether something is explained already. */
  isExplained: boolean
  /** Whether something is held over the page. */
  isOver: boolean
  year: string
  onYear: (year: string) => void
  onFiles: (files: readonly DroppedFile[]) => void
  /** Asks for the same files to be explained again. */
  onAgain: () => void
}

/** All ways to give logs to the page, and the year they may lack. */
export function LogInput({ isExplained, isOver, year, onYear, onFiles, onAgain }: LogInputProps) {
  const say = useSay()
  const [isPasting, { toggle, close }] = useDisclosure(false)
  const paste = useId()
  const isYear = yearOf(year) !== null
  const take = (files: readonly DroppedFile[]) => {
    close()
    onFiles(files)
  }
  return (
    <Stack gap="xs">
      <LogDrop isSmall={isExplained} isOver={isOver} onFiles={take} />
      <Group gap="xs" align="flex-end">
        <FolderButton onFiles={take} />
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={isPasting} aria-controls={paste}>
          {say('explain.page.paste')}
        </Button>
        <TextInput
          size="xs"
          w="14rem"
          inputMode="numeric"
          label={say('explain.page.year')}
          placeholder={say('explain.page.year-example')}
          value={year}
          onChange={(event) => onYear(event.currentTarget.value)}
          error={isYear ? null : say('explain.page.year-range')}
        />
        {isExplained ? (
          <Button size="xs" variant="default" disabled={!isYear} onClick={onAgain}>
            {say('explain.page.again')}
          </Button>
        ) : null}
      </Group>
      <div id={paste}>{isPasting ? <LogPaste onFiles={take} /> : null}</div>
    </Stack>
  )
}
