import { instantOf, type ClockText } from './clock-text.ts'
import type { RecordTime } from './log-record.ts'
import type { StatedAge, StatedTime } from './stated-time.ts'

/** A leap year, so that every date without a year has a place to be sorted by. */
const ASSUMED_YEAR = 2000

/**
 * Gives the records of one file their year and their zone. klog and syslog write neither (semantics
 * §8.1): the year is given, or learned from a neighbour that writes its date whole; klog's local time
 * is recognised by a Go time with a zone in the same record, else it is taken for UTC. A journal whose
 * clock is ahead of klog's by whole quarters of an hour writes local time, also where no klog line says so.
 */
export class Calendar {
  #year: number | undefined
  #offsetMinutes = 0
  #carrierAhead = 0
  #knowsZone = false
  #turns = 0
  #month: number | undefined
  /** The place of the last record, and of the last that had a clock. */
  #order = 0
  #now = 0

  constructor(year: number | undefined) {
    this.#year = year
  }

  /** Whether records can be dated: the year is known, and what zone klog writes in. */
  get isSettled(): boolean {
    return this.#year !== undefined && this.#knowsZone
  }

  /** Learns from a record, before it is dated. */
  learn({ clock, zone }: StatedTime): void {
    if (clock?.carrierAhead !== undefined) this.#carrierAhead = clock.carrierAhead
    if (clock?.year !== undefined) {
      this.#learnYear(clock.year)
      this.#knowsZone ||= clock.offsetMinutes !== undefined
    }
    if (!clock || clock.year !== undefined) return
    this.#turn(clock.month)
    if (!zone) return
    this.#learnYear(zone.year)
    this.#knowsZone = true
    this.#offsetMinutes = zone.offsetMinutes
  }

  /** How many times the records' dates have gone from December to January so far. */
  get turns(): number {
    return this.#turns
  }

  /** Dates a record; `turns` is what it was when the record was read. */
  date({ clock, age }: StatedTime, turns: number): RecordTime {
    return age ? this.#ago(age, clock) : this.#dateClock(clock, turns)
  }

  #dateClock(clock: ClockText | undefined, turns: number): RecordTime {
    if (!clock) return { at: null, text: null, order: this.#order, isCoarse: true }
    const local = { ...clock, offsetMinutes: clock.offsetMinutes ?? this.#offsetOf(clock) }
    const { text, isCoarse } = clock
    const year = clock.year ?? (this.#year === undefined ? undefined : this.#year + turns)
    const order = instantOf(local, year ?? ASSUMED_YEAR + turns)
    this.#order = this.#now = order
    return { at: year === undefined ? null : order, text, order, isCoarse }
  }

  /** Before now, the instant of the last record with a clock. */
  #ago({ text, milliseconds }: StatedAge, clock: ClockText | undefined): RecordTime {
    if (clock) this.#now = this.#dateClock(clock, this.#turns).order
    const order = this.#now - (milliseconds ?? 0)
    this.#order = order
    return { at: null, text: text ?? null, order, isCoarse: true }
  }

  #offsetOf({ isCarrier = false }: ClockText): number {
    return this.#offsetMinutes + (isCarrier ? this.#carrierAhead : 0)
  }

  #learnYear(year: number): void {
    this.#year ??= year - this.#turns
  }

  #turn(month: number): void {
    if (this.#month === 12 && month === 1) this.#turns++
    if (this.#month === 1 && month === 12) this.#turns--
    this.#month = month
  }
}
