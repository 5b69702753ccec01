import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from '../core/units/duration.ts'
import type { RoundClock } from './patrol-loop.ts'

/** When rounds of a live patrol are due. */
export interface LiveTimes {
  everyMs: Duration
  /** For so long; absent for ever. */
  forMs?: Duration
  signal?: AbortSignal
  /** Called when a round is over, and there is time until the next. */
  onIdle?: () => void
}

/** The instants of a live patrol: the first at once. A round that takes longer than the time between two delays the next. */
export async function* liveClock({
  everyMs,
  forMs = Infinity,
  signal,
  onIdle,
}: LiveTimes): RoundClock & AsyncGenerator<number> {
  const begunAt = performance.now()
  const isOver = () => signal?.aborted === true
  for (let round = 0; !isOver(); round++) {
    yield Date.now()
    if (isOver() || (round + 1) * everyMs > forMs) return
    onIdle?.()
    const wait = begunAt + (round + 1) * everyMs - performance.now()
    if (wait > 0) await sleep(wait, undefined, signal && { signal }).catch(() => undefined)
    // Rounds that were missed are not made up for.
    else round = Math.floor((performance.now() - begunAt) / everyMs)
  }
}
