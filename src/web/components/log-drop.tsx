import { Text, UnstyledButton } from '@mantine/core'
import { useId } from '@mantine/hooks'
import { useSay } from '../data/language.tsx'
import type { DroppedFile } from '../explain/protocol.ts'
import { useFileChoice } from './file-choice.tsx'

interface LogDropProps {
  isSmall: boolean
  /** Whether something is held over the page. */
  isOver: boolean
  onFiles: (files: DroppedFile[]) => void
}

/** Where logs are dropped, which is also a button to choose them with. It makes room for what is explained. */
export function LogDrop({ isSmall, isOver, onFiles }: LogDropProps) {
  const say = useSay()
  const { choose, input } = useFileChoice('files', onFiles)
  const kinds = useId()
  return (
    <>
      <UnstyledButton
        className="kp-drop"
        data-over={isOver}
        data-small={isSmall}
        aria-describedby={kinds}
        onClick={choose}
      >
        <Text component="span" fw={650} fz={isSmall ? 'md' : 'lg'}>
          {say('explain.page.drop')}
        </Text>
        <Text component="span" size="sm" c="dimmed" id={kinds} className="kp-kinds">
          {say('explain.page.kinds')}
        </Text>
      </UnstyledButton>
      {input}
    </>
  )
}
