/** The time of day of an RFC 3339 instant in UTC, as the kubelet's log shows it: `08:22:34`. */
export function timeOfDay(instant: string): string {
  return instant.slice(11, 19)
}

/** The part of a span that has gone by, in percent. */
export function percentGone(startsAt: string, endsAt: string, at: string | null): number {
  const span = Date.parse(endsAt) - Date.parse(startsAt)
  if (at === null || span <= 0) return 0
  return Math.min(100, Math.max(0, ((Date.parse(at) - Date.parse(startsAt)) / span) * 100))
}

/** The same with its day where that is not the day of `now`: `11-23 08:22:34`. */
export function timeText(instant: string, now: string | null): string {
  const isToday = now !== null && now.slice(0, 10) === instant.slice(0, 10)
  return isToday ? timeOfDay(instant) : `${instant.slice(5, 10)} ${timeOfDay(instant)}`
}
