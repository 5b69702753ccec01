import { useEffect, useRef, useState } from 'react'
import { entriesOf } from './dropped-entry.ts'
import { droppedFiles } from './dropped-files.ts'
import type { DroppedFile } from './protocol.ts'

/**
 * Takes what is dropped anywhere on the page, which would otherwise leave the page to show it.
 * @returns whether something is held over it
 */
export function useWindowDrop(onFiles: (files: DroppedFile[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useRef(onFiles)
  useEffect(() => {
    take.current = onFiles
  })
  useEffect(() => {
    const end = new AbortController()
    const listen = (type: 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      addEventListener(type, act, { signal: end.signal })
    listen('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    })
    listen('dragleave', (event) => {
      if (event.relatedTarget === null) setOver(false)
    })
    listen('drop', (event) => {
      setOver(false)
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      void droppedFiles(entriesOf(event.dataTransfer)).then((files) => take.current(files))
    })
    return () => end.abort()
  }, [])
  return isOver
}
