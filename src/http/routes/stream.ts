import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { refuse } from '../api-error.ts'
import type { RoundEvent } from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'

const MOST_STREAMS = 64
const HEARTBEAT_MS = 15_000
const RETRY_MS = 2000

/** Tells open pages of every round, by server-sent events. A slow page misses rounds; nothing piles up for it. */
export function streamRoutes(view: PatrolView, stopping: AbortSignal): Hono {
  const routes = new Hono()
  let open = 0
  routes.get(PATHS.stream, (context) => {
    if (open >= MOST_STREAMS) return refuse(context, 'KP_BUSY')
    open++
    return streamSSE(context, async (stream) => {
      let latest: RoundEvent | undefined
      let wake = () => {}
      const unsubscribe = view.onRound((event) => {
        latest = event
        wake()
      })
      const isOver = () => stream.aborted || stream.closed || stopping.aborted
      stream.onAbort(() => wake())
      const stop = () => wake()
      stopping.addEventListener('abort', stop)
      try {
        await stream.writeSSE({ event: 'hello', data: '{}', retry: RETRY_MS })
        while (!isOver()) {
          if (latest) {
            const event = latest
            latest = undefined
            await stream.writeSSE({ event: 'round', data: JSON.stringify(event) })
            continue
          }
          let timer: ReturnType<typeof setTimeout> | undefined
          const isDue = await new Promise<boolean>((resolve) => {
            wake = () => resolve(false)
            timer = setTimeout(() => resolve(true), HEARTBEAT_MS)
          })
          clearTimeout(timer)
          if (isDue && !isOver()) await stream.write(': still here\n\n')
        }
      } finally {
        open--
        unsubscribe()
        stopping.removeEventListener('abort', stop)
      }
    })
  })
  return routes
}
