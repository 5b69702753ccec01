import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { PATHS } from '../../http/paths.ts'
import { atMostEvery } from './at-most-every.ts'
import { isForecastQuery } from './queries.ts'

const AT_MOST_EVERY_MS = 500
/** A forecast costs the server more than all the rest, and nobody reads one twice a second. */
const FORECASTS_AT_MOST_EVERY_MS = 1000

/**
 * Asks again after every round of the patrol: at most twice a second, and for forecasts once.
 * @returns whether the server is there
 */
export function useLive(): boolean {
  const client = useQueryClient()
  const [isConnected, setConnected] = useState(true)
  useEffect(() => {
    const others = atMostEvery(AT_MOST_EVERY_MS, () => {
      void client.invalidateQueries({ predicate: (query) => !isForecastQuery(query) })
    })
    const forecasts = atMostEvery(FORECASTS_AT_MOST_EVERY_MS, () => {
      void client.invalidateQueries({ predicate: isForecastQuery })
    })
    const refresh = () => {
      others.ask()
      forecasts.ask()
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
      others.cancel()
      forecasts.cancel()
    }
  }, [client])
  return isConnected
}
