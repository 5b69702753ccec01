import type { Instant } from '../../units/instant.ts'

/** What was added to instants that are known; undefined when one of those is no more. */
export function addedTo(
  before: ReadonlyMap<string, Instant>,
  after: ReadonlyMap<string, Instant>,
): ReadonlyMap<string, Instant> | undefined {
  const more = new Map<string, Instant>()
  if (before === after) return more
  after.forEach((at, key) => {
    if (before.get(key) !== at) more.set(key, at)
  })
  return after.size - more.size === before.size ? more : undefined
}
