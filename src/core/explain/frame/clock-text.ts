/** How months begin in the languages of a journal that are told from English and from each other. */
const MONTHS = [
  /^(?:jan|ene|янв|gen)/i,
  /^(?:feb|fév|fev|фев)/i,
  /^(?:mar|mär|мар|mrt)/i,
  /^(?:apr|avr|abr|апр)/i,
  /^(?:may|mai|mag|май|мая|mei)/i,
  /^(?:jun|juin|июн|giu)/i,
  /^(?:jul|juil|июл|lug)/i,
  /^(?:aug|aoû|ago|авг)/i,
  /^(?:sep|set|сен)/i,
  /^(?:oct|okt|out|ott|окт)/i,
  /^(?:nov|ноя)/i,
  /^(?:dec|dez|dic|déc|дек)/i,
]

const ENGLISH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A time as a log line writes it: a date without a year, a time of day, and how exact it is. */
export interface ClockText {
  text: string
  month: number
  day: number
  /** Milliseconds of the day, with microseconds as the fraction. */
  timeOfDay: number
  isCoarse: boolean
  year?: number | undefined
  /** Minutes east of UTC; absent when the line does not say. */
  offsetMinutes?: number | undefined
  /**
   * Minutes that the clock of the journal or syslog around a klog line is ahead of klog's; absent when only one of
   * them wrote the line.
   */
  carrierAhead?: number | undefined
  /** The clock of a journal or syslog alone, which may be ahead of klog's. */
  isCarrier?: boolean | undefined
}

/** `08:22:34.622879` as milliseconds of the day. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?$/.exec(text)
  if (!match) return undefined
  const [, hours, minutes, seconds, fraction = ''] = match
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return whole * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6)) / 1000
}

/** The number of a month's name, from 1: `Nov`, `нояб.`, `11月`; undefined when it is none. */
export function monthNumber(name: string): number | undefined {
  const number = /^(\d{1,2})[月월]$/.exec(name)?.[1]
  if (number !== undefined) return Number(number) >= 1 && Number(number) <= 12 ? Number(number) : undefined
  const english = ENGLISH.indexOf(name)
  const index = english === -1 ? MONTHS.findIndex((month) => month.test(name)) : english
  return index === -1 ? undefined : index + 1
}

/** The instant of a clock's text in a year, in UTC, shifted by its offset where it has one. */
export function instantOf({ month, day, timeOfDay, offsetMinutes = 0 }: ClockText, year: number): number {
  return Date.UTC(year, month - 1, day) + timeOfDay - offsetMinutes * 60_000
}

/** The one clock of two on a line: the outer one's date and zone where it writes them, the inner one's fraction. */
export function exactClock(
  outer: ClockText | undefined,
  inner: ClockText | undefined,
): ClockText | undefined {
  if (!outer || !inner) return inner ?? outer
  if (outer.year === undefined || outer.offsetMinutes === undefined) {
    if (inner.year !== undefined) return inner
    const { text, month, day, timeOfDay, isCoarse, offsetMinutes, isCarrier } = inner
    return {
      text,
      month,
      day,
      timeOfDay,
      isCoarse,
      year: outer.year,
      offsetMinutes,
      carrierAhead: aheadOf(outer, inner) ?? inner.carrierAhead,
      isCarrier,
    }
  }
  // The outer one knows year and zone; the inner one may know the fraction of the same second.
  const fraction = inner.timeOfDay % 1000
  const isSameSecond = Math.floor(outer.timeOfDay / 1000) % 60 === Math.floor(inner.timeOfDay / 1000) % 60
  return outer.isCoarse && isSameSecond
    ? { ...outer, timeOfDay: outer.timeOfDay + fraction, isCoarse: inner.isCoarse }
    : outer
}

const DAY = 24 * 60
const CLOSE_MINUTES = 2

/** By how many minutes one clock is ahead of another, when the difference is one between zones. */
function aheadOf(outer: ClockText, inner: ClockText): number | undefined {
  const days = outer.month === inner.month ? outer.day - inner.day : outer.day < inner.day ? 1 : -1
  const difference = days * DAY + (outer.timeOfDay - inner.timeOfDay) / 60_000
  const zone = Math.round(difference / 15) * 15
  return Math.abs(difference - zone) <= CLOSE_MINUTES && Math.abs(zone) <= 14 * 60 ? zone : undefined
}
