import type { Clock } from '../../../../core/observe/clock.ts'
import { ApiFailure } from '../api-failure.ts'

/** A signal that is given when a time is over or when the caller's is; `end` lets go of it. */
export interface TimeLimit {
  signal: AbortSignal
  end(): void
}

/** Limits what is done under its signal to so many milliseconds. */
export function timeLimit(clock: Clock, limitMs: number, outer: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController()
  const giveUp = () => controller.abort(outer?.reason)
  const cancel = clock.after(limitMs, () => {
    controller.abort(new ApiFailure('timed-out', `no complete answer within ${limitMs / 1000} s`))
  })
  if (outer?.aborted) giveUp()
  else outer?.addEventListener('abort', giveUp, { once: true })
  return {
    signal: controller.signal,
    end() {
      cancel()
      outer?.removeEventListener('abort', giveUp)
    },
  }
}
