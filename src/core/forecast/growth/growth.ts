import type { Instant } from '../../units/instant.ts'
import type { Cycle } from './cycle.ts'
import type { Line } from './line.ts'
import type { Spread } from './spread.ts'

/** What the growth looks like. */
export type GrowthKind =
  /** Neither grows nor shrinks. */
  | 'steady'
  /** Grows or shrinks evenly. */
  | 'trend'
  /** Something came or went at once and stayed, or the slope became another one lately. */
  | 'step'
  /** Grows by leaps that come at no certain time. */
  | 'bursts'
  /** Drops and recovers again and again, as logs do that are rotated. */
  | 'saw-tooth'
  /** Comes back every 24 h. */
  | 'daily'

/**
 * How something grows, as seen at `now`: a line, what comes back on top of it, and how far the truth may be
 * from both. Values in bytes (or inodes), times in hours from `now`; plain data, to be asked by functions.
 */
export interface Growth {
  now: Instant
  kind: GrowthKind
  /** The latest reading. */
  latest: number
  line: Line
  cycles: readonly Cycle[]
  spread: Spread
  /** The standard deviation of what readings differ by from one to the next for no lasting reason. */
  noise: number
  /** The usual time between two readings. */
  interval: number
}
