import type { Duration } from '../../units/duration.ts'

/** How often the kubelet looks, in milliseconds, and so how often it repeats an error that persists (semantics §4.1, all versions). */
export const HOUSEKEEPING_PERIOD: Duration = 2000

/** What the kubelet knows when it looks. */
export interface KnownPods {
  /** Terminated ones included. */
  podUids: ReadonlySet<string>
  uidsWithRunningContainers: ReadonlySet<string>
  /** Whether it has heard of pods from every source; before, it does not look. */
  areSourcesReady: boolean
}

/** The names under the kubelet's directory of pods that are orphans (semantics §4.1, all versions). */
export function orphanedPods(directoryNames: readonly string[], known: KnownPods): string[] {
  if (!known.areSourcesReady) return []
  return directoryNames.filter((uid) => !known.podUids.has(uid) && !known.uidsWithRunningContainers.has(uid))
}
