import type { Clock } from '../../../core/observe/clock.ts'

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(wait, call) {
    const timer = setTimeout(call, wait)
    return () => clearTimeout(timer)
  },
}
