import type { Duration } from '../../../../core/units/duration.ts'
import type { Instant } from '../../../../core/units/instant.ts'

const LONGEST: Duration = 3_600_000

/** How long a `Retry-After` asks to wait, in seconds or until a date, at most an hour; undefined when it says nothing. */
export function readRetryAfter(header: string | null, now: Instant): Duration | undefined {
  if (header === null) return undefined
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST)
}
