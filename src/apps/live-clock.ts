import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from '../core/units/duration.ts'
import type { Bell } from './bell.ts'
import type { RoundClock } from './patrol-loop.ts'

/** When rounds of a live patrol are due. */
export interface LiveTimes {
  everyMs: Duration
  /** For so long; absent for ever. */
  forMs?: Duration
  signal?: AbortSignal
  /** When it rings a round is due at once, beside the others. */
  bell?: Bell
  /** Called when a round is over, and there is time until the next. */
  onIdle?: () => void
}

/** The instants of a live patrol: the first at once. A round that takes longer than the time between two delays the next. */
export async function* liveClock({
  everyMs,
  forMs = Infinity,
  signal,
  bell,
  onIdle,
}: LiveTimes): RoundClock & AsyncGenerator<number> {
  const begunAt = performance.now()
  const isOver = () => signal?.aborted === true
  for (let round = 0; !isOver(); round++) {
    yield Date.now()
    if (isOver() || (round + 1) * everyMs > forMs) return
    onIdle?.()
    const dueAt = begunAt + (round + 1) * everyMs
    const isLate = performance.now() >= dueAt
    while (!isOver() && performance.now() < dueAt) {
      await waiting(dueAt - performance.now(), signal, bell)
      if (!isOver() && bell?.heard()) yield Date.now()
    }
    // Rounds that were missed are not made up for.
    if (isLate) round = Math.floor((performance.now() - begunAt) / everyMs)
  }
}

/** Lets time pass, until the signal or the bell. */
async function waiting(ms: Duration, signal: AbortSignal | undefined, bell: Bell | undefined) {
  const cut = new AbortController()
  const end = () => cut.abort()
  signal?.addEventListener('abort', end)
  const unlisten = bell?.listen(end)
  if (signal?.aborted) end()
  await sleep(ms, undefined, { signal: cut.signal }).catch(() => undefined)
  unlisten?.()
  signal?.removeEventListener('abort', end)
}
