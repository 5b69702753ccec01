import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { PATHS } from '../../http/paths.ts'

const AT_MOST_EVERY_MS = 500

/** Asks again after every round of the patrol, at most twice a second. @returns whether the server is there */
export function useLive(): boolean {
  const client = useQueryClient()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void client.invalidateQueries()
      }, AT_MOST_EVERY_MS)
    }
    const stream = new EventSource(PATHS.stream)
    stream.addEventListener('round', refresh)
    stream.addEventListener('open', () => {
      setConnected(true)
      refresh()
    })
    stream.addEventListener('error', () => setConnected(false))
    return () => {
      stream.close()
      clearTimeout(timer)
    }
  }, [client])
  return isConnected
}
