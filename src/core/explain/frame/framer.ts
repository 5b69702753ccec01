import { Calendar } from './calendar.ts'
import { CARRIERS, type Carried } from './carriers.ts'
import type { ClockText } from './clock-text.ts'
import type { LogRecord } from './log-record.ts'
import { structuredMessage } from './structured-message.ts'

/** What is known of a file before its first line. */
export interface FrameOptions {
  /** The file as it is named in evidence. */
  file: string
  /** The year of its first line, where lines do not say. */
  year?: number
  /** The node it is from, where lines do not say. */
  node?: string
}

/** Makes records of the lines of one file. Records may come later than their lines, never in another order. */
export interface Framer {
  push(line: string): LogRecord[]
  /** The records held back at the end of the file. */
  end(): LogRecord[]
}

/** How many records wait at most for a neighbour to tell year and zone. */
const MOST_WAITING = 5000
const MOST_RAW = 2000
const NONE: ReadonlyMap<string, string> = new Map()

/** Starts to frame a file. */
export function createFramer({ file, year, node }: FrameOptions): Framer {
  const calendar = new Calendar(year)
  let waiting: { undated: Omit<LogRecord, 'time'>; clock: ClockText | undefined; turns: number }[] = []
  let lineNumber = 0
  let order = 0
  let isWaiting = true

  const release = () => {
    const records = waiting.map(({ undated, clock, turns }) => {
      const time = calendar.date(clock, turns, order)
      order = time.order
      return { ...undated, time }
    })
    waiting = []
    return records
  }
  return {
    push(line) {
      const carried = unpack(plainBlanks(line))
      const structured = structuredMessage(carried.rest)
      calendar.learn(carried.clock, carried.rest)
      waiting.push({
        undated: {
          message: structured?.message ?? carried.rest,
          values: structured?.values ?? NONE,
          node: carried.node ?? node ?? null,
          from: carried.from ?? 'unknown',
          isFramed: carried.isFramed,
          source: { file, line: ++lineNumber },
          raw: line.slice(0, MOST_RAW),
        },
        clock: carried.clock,
        turns: calendar.turns,
      })
      if (calendar.isSettled || waiting.length >= MOST_WAITING) isWaiting = false
      return isWaiting ? [] : release()
    },
    end: release,
  }
}

/** A line that was copied from a web page has no-break spaces where a log has blanks. */
function plainBlanks(line: string): string {
  return line.replace(/\r$/, '').replace(/[\u00a0\u2007\u202f]/g, ' ')
}

/** Takes one carrier after the other off a line. The inner one's clock is the more exact, the outer one's the more complete. */
function unpack(line: string): Carried {
  let carried: Carried = { rest: line, isFramed: false }
  for (const carrier of CARRIERS) {
    const inner = carrier(carried.rest)
    if (!inner) continue
    const clock = exactClock(carried.clock, inner.clock)
    const from =
      carried.isFramed && carried.node !== undefined
        ? (carried.from ?? 'unknown')
        : (carried.from ?? inner.from)
    carried = {
      rest: inner.rest,
      isFramed: true,
      ...(clock === undefined ? {} : { clock }),
      ...(carried.node === undefined
        ? inner.node === undefined
          ? {}
          : { node: inner.node }
        : { node: carried.node }),
      ...(from === undefined ? {} : { from }),
    }
  }
  return carried
}

function exactClock(outer: ClockText | undefined, inner: ClockText | undefined): ClockText | undefined {
  if (!outer || !inner) return inner ?? outer
  if (outer.year === undefined) return inner
  // The outer one knows year and zone; the inner one may know the fraction of the same second.
  const fraction = inner.timeOfDay % 1000
  const isSameSecond = Math.floor(outer.timeOfDay / 1000) % 60 === Math.floor(inner.timeOfDay / 1000) % 60
  return outer.isCoarse && isSameSecond
    ? { ...outer, timeOfDay: outer.timeOfDay + fraction, isCoarse: inner.isCoarse }
    : outer
}
