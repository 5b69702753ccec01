import { setTimeout as pause } from 'node:timers/promises'

const POLL_MILLISECONDS = 200

/**
 * Asks again and again until the answer is neither empty nor a failure.
 * @throws {Error} naming what was waited for and the last failure when the time is over.
 */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => T | Promise<T>,
): Promise<NonNullable<T>> {
  const end = performance.now() + seconds * 1000
  let failure: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== null && answer !== false && answer !== '') return answer
      failure = undefined
    } catch (cause) {
      failure = cause
    }
    if (performance.now() > end) {
      const why = failure instanceof Error ? `: ${failure.message}` : ''
      throw new Error(`waited ${seconds} s in vain for ${what}${why}`, { cause: failure })
    }
    await pause(POLL_MILLISECONDS)
  }
}
