/** Fulfilled when somebody asks the process to end. */
export interface Stopped extends Promise<void> {
  isOver(): boolean
}

/** Waits for SIGINT or SIGTERM; a second one ends the process as usual. */
export function untilStopped(): Stopped {
  let isOver = false
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        isOver = true
        resolve()
      })
    }
  })
  return Object.assign(asked, { isOver: () => isOver })
}
