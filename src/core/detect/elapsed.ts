import type { Duration } from '../units/duration.ts'
import { parseInstant, type Instant } from '../units/instant.ts'

/** How long ago a time of the API was; undefined when it is absent or none. A clock ahead of ours makes it nothing. */
export function elapsedSince(time: string | null | undefined, now: Instant): Duration | undefined {
  const since = parseInstant(time ?? '')
  return since === undefined ? undefined : Math.max(0, now - since)
}

/** Whether an object is so new that what it lacks may yet come; one of unknown age is not. */
export function isNew(
  { creationTimestamp }: { creationTimestamp?: string | undefined },
  now: Instant,
  settlesWithin: Duration,
): boolean {
  return (elapsedSince(creationTimestamp, now) ?? Infinity) < settlesWithin
}
