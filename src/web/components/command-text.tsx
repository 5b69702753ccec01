import { Code } from '@mantine/core'
import { Fragment } from 'react'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'

/** A sentence of the patrol: what stands between backticks is a command, everything else only text. */
export function CommandText({ children }: { children: string }) {
  const parts = neutraliseText(children).split(/`([^`]+)`/)
  return (
    <span className="kp-sentence">
      {parts.map((part, index) => (
        // eslint-disable-next-line react/no-array-index-key -- parts of one sentence never move
        <Fragment key={index}>{index % 2 === 1 ? <Code>{part}</Code> : part}</Fragment>
      ))}
    </span>
  )
}
