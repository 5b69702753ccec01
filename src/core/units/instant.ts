/**
 * A point in time: milliseconds since 1970-01-01T00:00:00Z. The fraction carries
 * microseconds, which klog prints and which decide the order of what a kubelet did.
 */
export type Instant = number

const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)$/

/** Reads an RFC 3339 time, up to nanoseconds (kept to the microsecond); undefined when it is none. */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [, seconds, fraction = '', zone = 'Z'] = match
  const whole = Date.parse(seconds + (zone === 'Z' ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2')))
  if (Number.isNaN(whole)) return undefined
  return whole + Number(fraction.padEnd(6, '0').slice(0, 6)) / 1000
}

/** Writes an instant as RFC 3339 in UTC, with microseconds only where there are any. */
export function formatInstant(instant: Instant): string {
  const microseconds = Math.round(instant * 1000)
  const seconds = Math.floor(microseconds / 1_000_000)
  const fraction = String(microseconds - seconds * 1_000_000)
    .padStart(6, '0')
    .replace(/0+$/, '')
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19)
  return fraction === '' ? `${whole}Z` : `${whole}.${fraction}Z`
}

/** The time of day of an instant in UTC, to the second: `08:22:34`. */
export function formatTimeOfDay(instant: Instant): string {
  return new Date(Math.floor(instant)).toISOString().slice(11, 19)
}
