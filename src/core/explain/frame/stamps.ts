import { parseTimeOfDay, type ClockText } from './clock-text.ts'

/** A whole date with an optional zone, as its parts were matched. */
export function isoClock(
  [year = '', month = '', day = '', time = '', zone]: readonly (string | undefined)[],
  text: string,
): { clock?: ClockText } {
  const timeOfDay = parseTimeOfDay(time)
  if (timeOfDay === undefined || !isDate(Number(month), Number(day))) return {}
  return {
    clock: {
      text,
      year: Number(year),
      month: Number(month),
      day: Number(day),
      timeOfDay,
      isCoarse: !/[.,]/.test(time),
      ...(zone === undefined || zone === '' ? {} : { offsetMinutes: offsetOf(zone) }),
    },
  }
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d+)?) ?(Z|[+-]\d\d:?\d\d)?$/

/** The clock of a text that is nothing but a whole date and time; undefined when it is anything else. */
export function textClock(text: string): ClockText | undefined {
  const match = ISO.exec(text)
  return match ? isoClock(match.slice(1), text).clock : undefined
}

/** A date without a year. */
export function yearlessClock(month: number | undefined, day: string, time: string, text: string) {
  const timeOfDay = parseTimeOfDay(time)
  if (month === undefined || timeOfDay === undefined || !isDate(month, Number(day))) return undefined
  return { text, month, day: Number(day), timeOfDay, isCoarse: !/[.,]/.test(time) } satisfies ClockText
}

/** An instant in microseconds since 1970. */
export function epochClock(microseconds: number): { clock?: ClockText } {
  const date = new Date(microseconds / 1000)
  if (!Number.isFinite(date.getTime())) return {}
  const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
  return {
    clock: {
      text: date.toISOString(),
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      timeOfDay: microseconds / 1000 - midnight,
      isCoarse: microseconds % 1_000_000 === 0,
      offsetMinutes: 0,
    },
  }
}

function offsetOf(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone)
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return match[1] === '-' ? -minutes : minutes
}

function isDate(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}
