import type { Clock } from '../../../../core/observe/clock.ts'
import { ApiFailure } from '../api-failure.ts'

/** How often and how patiently something is asked again. */
export interface Patience {
  /** In all, the first one too. */
  attempts: number
  /** The first wait is up to this long, each further one up to twice as long. */
  firstWaitMs: number
  /** No wait is longer, whatever the server wants. */
  longestWaitMs: number
}

/** Chance between 0 and 1. */
export type Random = () => number

/** Asks again after a refusal or a broken connection, as long as it may help. */
export async function withPatience<T>(
  ask: () => Promise<T>,
  { attempts, firstWaitMs, longestWaitMs }: Patience,
  { clock, random, signal }: { clock: Clock; random: Random; signal?: AbortSignal | undefined },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (failure) {
      if (!(failure instanceof ApiFailure) || attempt >= attempts || !mayHelp(failure)) throw failure
      const wait = failure.is.retryAfterMs ?? random() * firstWaitMs * 2 ** (attempt - 1)
      if (wait > longestWaitMs) throw failure
      await pause(clock, wait, signal)
      if (signal?.aborted) throw failure
    }
  }
}

function mayHelp({ why, is }: ApiFailure): boolean {
  if (is.isBroken) return true
  return why === 'refused' && (is.status === 429 || (is.status ?? 0) >= 500)
}

/** Waits, at most until the signal is given. */
export function pause(clock: Clock, wait: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(wait, done)
    if (signal?.aborted) done()
    else signal?.addEventListener('abort', done, { once: true })
  })
}
