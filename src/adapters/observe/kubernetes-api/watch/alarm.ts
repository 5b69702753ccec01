import type { Clock } from '../../../../core/observe/clock.ts'
import type { Duration } from '../../../../core/units/duration.ts'

/** Calls when it was not put off for so long. */
export interface Alarm {
  again(): void
  off(): void
}

/** Sets an alarm. Putting it off costs nothing: one timer runs, however often that happens. */
export function alarm(clock: Clock, wait: Duration, call: () => void): Alarm {
  let dueAt = clock.now() + wait
  let cancel = clock.after(wait, look)
  function look() {
    const left = dueAt - clock.now()
    if (left <= 0) call()
    else cancel = clock.after(left, look)
  }
  return {
    again() {
      dueAt = clock.now() + wait
    },
    off: () => cancel(),
  }
}
