import { Calendar } from './calendar.ts'
import type { RecordTime } from './log-record.ts'
import type { StatedTime } from './stated-time.ts'

/** How many records wait at most for a neighbour to tell year and zone. */
const MOST_WAITING = 5000

/** What had to be dated, with its time. */
export interface Dated<T> {
  one: T
  time: RecordTime
}

/** Dates the records of one file, or what was read from them: in the order of its lines, once year and zone can be told. */
export class Dating<T extends { stated: StatedTime }> {
  readonly #calendar: Calendar
  #waiting: { one: T; turns: number }[] = []
  #isWaiting = true

  /** @param year That of the first line, where lines do not say. */
  constructor(year: number | undefined) {
    this.#calendar = new Calendar(year)
  }

  /** Takes the next one; gives those that can be dated by now. */
  take(one: T): Dated<T>[] {
    this.#calendar.learn(one.stated)
    this.#waiting.push({ one, turns: this.#calendar.turns })
    if (this.#calendar.isSettled || this.#waiting.length >= MOST_WAITING) this.#isWaiting = false
    return this.#isWaiting ? [] : this.end()
  }

  /** Those that are left when no more come. */
  end(): Dated<T>[] {
    const waiting = this.#waiting
    this.#waiting = []
    return waiting.map(({ one, turns }) => ({ one, time: this.#calendar.date(one.stated, turns) }))
  }
}
