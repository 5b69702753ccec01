import type { Clock } from '../../../core/observe/clock.ts'

/** How many may be under way at once. */
export interface LaneWidths {
  /** Of those that have just begun. */
  fast: number
  /** Of those that take longer than `slowAfterMs`, beside the fast ones. */
  slow: number
  slowAfterMs: number
}

/**
 * Lets a bounded number of tasks run at once. One that takes long moves to a lane of its own, so that
 * nodes that hang do not hold up those that answer.
 */
export function lanes(clock: Clock, { fast, slow, slowAfterMs }: LaneWidths) {
  const waiting: (() => void)[] = []
  let fastRunning = 0
  let slowRunning = 0

  const startNext = () => {
    while (fastRunning < fast && waiting.length > 0) {
      fastRunning++
      waiting.shift()?.()
    }
  }

  return async function run<T>(task: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      startNext()
    })
    let isSlow = false
    const stopWatching = clock.after(slowAfterMs, () => {
      if (slowRunning >= slow) return
      isSlow = true
      slowRunning++
      fastRunning--
      startNext()
    })
    try {
      return await task()
    } finally {
      stopWatching()
      if (isSlow) slowRunning--
      else fastRunning--
      startNext()
    }
  }
}
