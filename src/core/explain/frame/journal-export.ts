import type { Carried } from './carried.ts'
import { programOf } from './carried.ts'
import { epochClock } from './stamps.ts'

const FIELD = /^(?<name>[A-Z_][A-Z0-9_]{1,63})=(?<value>.*)$/s

/** Reads `journalctl -o export`: a field a line; an entry's instant comes before its message, its host may come after. */
export class JournalExport {
  #clock: Carried['clock']
  #node: string | undefined
  #from: Carried['from']

  /** The message of an entry; undefined for any other line. */
  read(line: string): Carried | undefined {
    const { name, value = '' } = FIELD.exec(line)?.groups ?? {}
    if (name === undefined) return undefined
    if (name === '__REALTIME_TIMESTAMP' && /^\d{15,17}$/.test(value))
      this.#clock = epochClock(Number(value)).clock
    else if (name === '_HOSTNAME') this.#node = value
    else if (name === 'SYSLOG_IDENTIFIER') this.#from = programOf(value).from
    if (name !== 'MESSAGE' || this.#clock === undefined) return undefined
    return {
      rest: value,
      clock: this.#clock,
      ...(this.#node === undefined ? {} : { node: this.#node }),
      ...(this.#from === undefined ? {} : { from: this.#from }),
    }
  }
}
