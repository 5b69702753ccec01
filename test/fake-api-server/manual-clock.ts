import type { Clock } from '../../src/core/observe/clock.ts'
import type { Duration } from '../../src/core/units/duration.ts'
import type { Instant } from '../../src/core/units/instant.ts'

/** A clock that stands still until a test lets time pass. */
export interface ManualClock extends Clock {
  pass(time: Duration): void
  /** How much is still to be called. */
  pending(): number
}

export function manualClock(startsAt: Instant = Date.parse('2026-01-01T00:00:00Z')): ManualClock {
  let now = startsAt
  const due = new Set<{ at: Instant; call: () => void }>()
  return {
    now: () => now,
    after(wait, call) {
      const entry = { at: now + wait, call }
      due.add(entry)
      return () => void due.delete(entry)
    },
    pass(time) {
      const end = now + time
      for (;;) {
        const [next] = [...due].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        due.delete(next)
        now = Math.max(now, next.at)
        next.call()
      }
      now = end
    },
    pending: () => due.size,
  }
}

/** Lets what waits for the network go on until something holds; fails when it takes too long. */
export async function until(
  holds: () => boolean,
  each: () => void = () => {},
  limitMs = 10_000,
): Promise<void> {
  const begunAt = performance.now()
  while (!holds()) {
    if (performance.now() - begunAt > limitMs) throw new Error(`it did not come to pass within ${limitMs} ms`)
    each()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
