import type { Duration } from '../../../../core/units/duration.ts'

/** How patient a watch is. */
export interface WatchTimes {
  /** Without a change or a bookmark for so long the connection counts as dead. Servers bookmark every minute. */
  silenceMs: Duration
  /** About every so often everything is listed anew, whatever the changes told. */
  resyncMs: Duration
  /** A server is asked to end a watch after one to two times this. */
  leaseMs: Duration
  /** For one page of the list that follows a first failure. */
  hurriedListMs: Duration
  firstWaitMs: Duration
  longestWaitMs: Duration
  /** A watch that ends sooner counts as a failure. */
  shortestMs: Duration
}

export const WATCH_TIMES: WatchTimes = {
  silenceMs: 90_000,
  resyncMs: 15 * 60_000,
  leaseMs: 5 * 60_000,
  hurriedListMs: 10_000,
  firstWaitMs: 500,
  longestWaitMs: 30_000,
  shortestMs: 1000,
}
