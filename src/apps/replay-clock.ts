import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../core/units/instant.ts'
import type { RoundClock } from './patrol-loop.ts'

/** How a recording is played. */
export interface ReplayTimes {
  startsAt: Instant
  endsAt: Instant
  /** Times faster than life. */
  speed: number
  signal: AbortSignal
}

const STEP_MS = 1000

/**
 * One round for every second of the recording, each when it is due at this speed. A machine that is
 * too slow falls behind; no second is skipped, so a replay finds the same at any speed.
 */
export async function* replayClock({
  startsAt,
  endsAt,
  speed,
  signal,
}: ReplayTimes): RoundClock & AsyncGenerator<Instant> {
  const begunAt = performance.now()
  for (let at = startsAt; ; at += STEP_MS) {
    const dueIn = begunAt + (at - startsAt) / speed - performance.now()
    if (dueIn > 0) await sleep(dueIn, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    yield Math.min(at, endsAt)
    if (at >= endsAt) return
  }
}
