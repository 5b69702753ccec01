import type { Few } from '../messages/few-words.ts'
import { shown } from '../tell/shown-text.ts'

/** A reason names no more than this many of a list: a cluster may hold any number of them. */
export const MOST_NAMED = 5

/** The first few of a list, each written out and fit to be printed, with how many there are. */
export function few<T>(items: readonly T[], write: (item: T) => string): Few {
  return { named: items.slice(0, MOST_NAMED).map((item) => shown(write(item))), count: items.length }
}
