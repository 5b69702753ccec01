const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A time as a log line writes it: a date without a year, a time of day, and how exact it is. */
export interface ClockText {
  text: string
  month: number
  day: number
  /** Milliseconds of the day, with microseconds as the fraction. */
  timeOfDay: number
  isCoarse: boolean
  year?: number
  /** Minutes east of UTC; absent when the line does not say. */
  offsetMinutes?: number
}

/** `08:22:34.622879` as milliseconds of the day. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/.exec(text)
  if (!match) return undefined
  const [, hours, minutes, seconds, fraction = ''] = match
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return whole * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6)) / 1000
}

/** The number of an English month's name, from 1; undefined when it is none. */
export function monthNumber(name: string): number | undefined {
  const index = MONTHS.indexOf(name.toLowerCase().slice(0, 3))
  return index === -1 ? undefined : index + 1
}

/** The instant of a clock's text in a year, in UTC, shifted by its offset where it has one. */
export function instantOf({ month, day, timeOfDay, offsetMinutes = 0 }: ClockText, year: number): number {
  return Date.UTC(year, month - 1, day) + timeOfDay - offsetMinutes * 60_000
}
