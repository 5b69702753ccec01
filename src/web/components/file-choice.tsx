import { Button } from '@mantine/core'
import { useRef, type ChangeEvent, type ReactNode } from 'react'
import { useSay } from '../data/language.tsx'
import { chosenFiles } from '../explain/dropped-files.ts'
import type { DroppedFile } from '../explain/protocol.ts'

/** Lets somebody choose files, or a folder: what opens the browser's own dialogue, and what it needs on the page. */
export function useFileChoice(
  kind: 'files' | 'folder',
  onFiles: (files: DroppedFile[]) => void,
): { choose: () => void; input: ReactNode } {
  const ref = useRef<HTMLInputElement>(null)
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    onFiles(chosenFiles([...(currentTarget.files ?? [])]))
    // The same files may be chosen again.
    currentTarget.value = ''
  }
  const what = kind === 'folder' ? { webkitdirectory: '' } : { multiple: true }
  return {
    choose: () => ref.current?.click(),
    input: <input ref={ref} type="file" {...what} hidden onChange={take} name={kind} />,
  }
}

/** A button to choose a folder with, all logs in which are read. */
export function FolderButton({ onFiles }: { onFiles: (files: DroppedFile[]) => void }) {
  const say = useSay()
  const { choose, input } = useFileChoice('folder', onFiles)
  return (
    <>
      <Button size="xs" variant="default" onClick={choose}>
        {say('explain.page.choose-folder')}
      </Button>
      {input}
    </>
  )
}
