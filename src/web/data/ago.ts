import { useStatus } from './queries.ts'
import { timeText } from './time-text.ts'

/** An instant as a sentence takes it: the time, and how many seconds ago that was, by the clock of the patrol. */
export function useAgo(): (instant: string) => { time: string; ago: number | null } {
  const now = useStatus().data?.observedAt ?? null
  return (instant) => agoOf(instant, now)
}

/** The same by a clock; what is yet to come is now: the clock of a node may be ahead. */
export function agoOf(instant: string, now: string | null): { time: string; ago: number | null } {
  const time = `${timeText(instant, now)} UTC`
  if (now === null) return { time, ago: null }
  return { time, ago: Math.max(0, Math.round((Date.parse(now) - Date.parse(instant)) / 1000)) }
}
