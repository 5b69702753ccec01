import type { Instant } from '../../units/instant.ts'

/** What was used at an instant: bytes, or inodes. */
export interface Sample {
  at: Instant
  value: number
}
