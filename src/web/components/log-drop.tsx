import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { useId } from '@mantine/hooks'
import { useRef, type ChangeEvent } from 'react'
import { useSay } from '../data/language.tsx'
import { chosenFiles } from '../explain/dropped-files.ts'
import type { DroppedFile } from '../explain/protocol.ts'
import { useWindowDrop } from '../explain/use-window-drop.ts'

/** Where logs are dropped, which is also a button to choose them with. */
export function LogDrop({ onFiles }: { onFiles: (files: DroppedFile[]) => void }) {
  const say = useSay()
  const isOver = useWindowDrop(onFiles)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const kinds = useId()
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles(chosenFiles([...(currentTarget.files ?? [])]))
    // The same files may be chosen again.
    currentTarget.value = ''
  }
  return (
    <Stack gap="xs">
      <UnstyledButton
        className="kp-drop"
        data-over={isOver}
        aria-describedby={kinds}
        onClick={() => files.current?.click()}
      >
        <Text component="span" fw={650} fz="lg">
          {say('explain.page.drop')}
        </Text>
        <Text component="span" size="sm" c="dimmed" id={kinds}>
          {say('explain.page.kinds')}
        </Text>
      </UnstyledButton>
      <input ref={files} type="file" multiple hidden onChange={take} data-testid="files" />
      <input
        ref={folder}
        type="file"
        {...{ webkitdirectory: '' }}
        hidden
        onChange={take}
        data-testid="folder"
      />
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => folder.current?.click()}>
          {say('explain.page.choose-folder')}
        </Button>
      </Group>
    </Stack>
  )
}
