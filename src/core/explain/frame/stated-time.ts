import { parseTimeOfDay, type ClockText } from './clock-text.ts'

/** What a record says of when it was made, before anything is known of the rest of its file. */
export interface StatedTime {
  clock: ClockText | undefined
  /** The year and the zone of its clock, where its text tells them. */
  zone: { year: number; offsetMinutes: number } | undefined
  /** Set for a row of a table that shows how long ago it was. */
  age: StatedAge | undefined
}

/** How long ago something was, as written and in milliseconds; undefined where the row does not say. */
export interface StatedAge {
  text: string | undefined
  milliseconds: number | undefined
}

const GO_TIME = /\b(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d)\b/
const CLOSE_MS = 120_000

/** The year and the zone of a clock that writes neither, by a Go time close to it in the same message. */
export function zoneOf(clock: ClockText | undefined, message: string): StatedTime['zone'] {
  if (!clock || clock.year !== undefined) return undefined
  const match = GO_TIME.exec(message)
  if (!match) return undefined
  const [, year, month, day, time = '', hours, minutes] = match
  if (Number(month) !== clock.month || Number(day) !== clock.day) return undefined
  const timeOfDay = parseTimeOfDay(time)
  if (timeOfDay === undefined || Math.abs(timeOfDay - clock.timeOfDay) > CLOSE_MS) return undefined
  const offsetMinutes = Number(hours) * 60 + Math.sign(Number(`${hours}1`)) * Number(minutes)
  return { year: Number(year), offsetMinutes }
}
