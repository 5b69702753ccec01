/** Something that is done some time after it is asked for, once for all that ask meanwhile. */
export interface Throttled {
  ask(): void
  /** Forgets what was asked and not yet done. */
  cancel(): void
}

/** Does something at most once in so many milliseconds, and always after the last time it was asked for. */
export function atMostEvery(milliseconds: number, act: () => void): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    ask() {
      timer ??= setTimeout(() => {
        timer = undefined
        act()
      }, milliseconds)
    },
    cancel() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
