import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'

/** What the kubelet remembers of failed pulls of one image for one pod. */
export interface BackOffEntry {
  /** How long after the last failure no attempt is made, in milliseconds. */
  window: Duration
  lastFailure: Instant
}

/** The failed pulls a kubelet remembers, in memory only. */
export type PullBackOff = ReadonlyMap<string, BackOffEntry>

const FIRST_WINDOW = 10_000
const LONGEST_WINDOW = 300_000
/** An entry untouched for longer starts over. */
const FORGOTTEN_AFTER = 2 * LONGEST_WINDOW
/** A pod whose sync failed is synced again after so long at most. */
const LONGEST_RESYNC = 15_000

/** Under what a failure is remembered (semantics §5.3, all versions): the image as written; a new pod has a new UID and starts with none. */
export function backOffKey(podUid: string, image: string): string {
  return `${podUid}_${image}`
}

/** Whether an attempt would be skipped (semantics §5.3, all versions). */
export function isBackingOff(entries: PullBackOff, key: string, at: Instant): boolean {
  const entry = entries.get(key)
  return entry !== undefined && !isForgotten(entry, at) && at - entry.lastFailure < entry.window
}

/** After a failure (semantics §5.3, all versions): 10 s, then twice the last window up to 300 s, measured from this failure. */
export function afterPullFailure(entries: PullBackOff, key: string, at: Instant): PullBackOff {
  const entry = entries.get(key)
  const window = !entry || isForgotten(entry, at) ? FIRST_WINDOW : Math.min(2 * entry.window, LONGEST_WINDOW)
  return new Map([...entries, [key, { window, lastFailure: at }]])
}

/** After a successful pull of anything (semantics §5.3, all versions): expired entries go, no window becomes shorter. */
export function afterPullSuccess(entries: PullBackOff, at: Instant): PullBackOff {
  return new Map([...entries].filter(([, entry]) => !isForgotten(entry, at)))
}

/** When the next attempt is made (semantics §5.3, all versions): at the first sync after the window, which comes within 15 s. */
export function nextAttempt({ window, lastFailure }: BackOffEntry): { min: Instant; max: Instant } {
  return { min: lastFailure + window, max: lastFailure + window + LONGEST_RESYNC }
}

function isForgotten({ lastFailure }: BackOffEntry, at: Instant): boolean {
  return at - lastFailure > FORGOTTEN_AFTER
}
