import type { Duration } from '../core/units/duration.ts'
import type { Instant } from '../core/units/instant.ts'

/** Time as deliveries need it, so that a test can be its master. */
export interface DeliveryClock {
  now(): Instant
  /** Waits so long, or until the signal is aborted; never rejects. */
  sleep(duration: Duration, signal: AbortSignal): Promise<void>
}

/** Timers take no more than 2³¹ − 1 ms; who waits looks again by then. */
const LONGEST: Duration = 3_600_000

/** The clock on the wall. */
export const wallClock: DeliveryClock = {
  now: () => Date.now(),
  sleep: (duration, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, Math.min(Math.max(duration, 0), LONGEST))
      signal.addEventListener('abort', done, { once: true })
    }),
}
