import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'

/** Time as an adapter lives in it, so that a test can let it pass. */
export interface Clock {
  now(): Instant
  /** Calls once after this time; what it returns calls it off. */
  after(wait: Duration, call: () => void): () => void
}
