import { setMaxListeners } from 'node:events'
import { OpenAPIHono } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { refuse } from '../api-error.ts'
import { ErrorDocument, RoundEvent } from '../contract.ts'
import { PATHS } from '../paths.ts'
import type { PatrolView } from '../patrol-view.ts'

const MOST_STREAMS = 64
const HEARTBEAT_MS = 15_000
const RETRY_MS = 2000

/** Tells open pages of every round, by server-sent events. A slow page misses rounds; nothing piles up for it. */
export function streamRoutes(view: PatrolView, stopping: AbortSignal): OpenAPIHono {
  const routes = new OpenAPIHono()
  setMaxListeners(MOST_STREAMS, stopping)
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: PATHS.stream,
    responses: {
      200: {
        description: 'Server-sent events: `round`, after every round.',
        content: { 'text/event-stream': { schema: RoundEvent } },
      },
      default: { description: 'A coded error.', content: { 'application/json': { schema: ErrorDocument } } },
    },
  })
  let open = 0
  routes.get(PATHS.stream, (context) => {
    // A stream without a body would have no reader, and so no end.
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' })
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
