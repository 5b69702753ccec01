import type { Instant } from '../units/instant.ts'
import type { Gap } from './gap.ts'

/** How current a watched set of objects is. */
export interface WatchState {
  /** `syncing` until the first complete list; `stale` while changes may be going by unseen. */
  phase: 'syncing' | 'live' | 'stale'
  since: Instant
  /** Why it is not live, as soon as that is known. */
  gap?: Gap
  /** Objects that are there but could not be understood; they are not among the objects. */
  unreadable: number
}

/** What became of one object. */
export interface ObjectChange<T> {
  what: 'put' | 'removed'
  object: T
}

/** The objects of one resource, kept current. Nothing of it throws: trouble is in `state()`. */
export interface WatchedObjects<T> {
  /** All objects as of now; the same array until something changes. */
  objects(): readonly T[]
  state(): WatchState
  /** Calls for every change, and without one when only the state changed; what it returns ends that. */
  onChange(call: (change?: ObjectChange<T>) => void): () => void
  /** Lets go of connection and timers. The objects stay as they are. */
  stop(): void
}
