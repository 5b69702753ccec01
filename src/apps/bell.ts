/** Has a round made before it is due. */
export interface Bell {
  ring(): void
  /** Whether it rang since this was asked last. */
  heard(): boolean
  /** Calls back when it rings, at once where it rang and nobody heard it, until the returned function is called. */
  listen(onRing: () => void): () => void
}

/** Makes one that has not rung, for one listener. */
export function createBell(): Bell {
  let isRinging = false
  let listener: (() => void) | undefined
  return {
    ring() {
      isRinging = true
      listener?.()
    },
    heard() {
      const rang = isRinging
      isRinging = false
      return rang
    },
    listen(onRing) {
      listener = onRing
      if (isRinging) onRing()
      return () => {
        listener = undefined
      }
    },
  }
}
