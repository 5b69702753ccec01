import type { Carried } from './carried.ts'
import { programOf } from './carried.ts'
import { beginsLogLine } from './plain-line.ts'
import { epochClock, textClock } from './stamps.ts'

const FIELD = /^(?: {4})?(?<name>[A-Z_][A-Z0-9_]{1,63})=(?<value>.*)$/s
const JSON_FIELD = /^\s*"(?<name>[\w.@-]{1,64})"\s*:\s*(?<value>"(?:[^"\\]|\\.)*"|\d+),?\s*$/s
/** Where a new element of a list, or a new document, begins. */
const ENTRY = /^[\s[\]},]*\{\s*$/
/** What `journalctl -o verbose` writes above an entry's fields. */
const VERBOSE = /^[A-Z][a-z]{2} (?<date>\d{4}-\d\d-\d\d) (?<time>[\d:.]+) (?:(?<zone>UTC)|[A-Z]{3,5}) \[s=/
const TIMES = /^(?:@timestamp|[tT]ime(?:stamp)?)$/
const HOSTS = /^(?:_HOSTNAME|host(?:_?name)?|node(?:_?name)?)$/i
const PROGRAMS = /^(?:SYSLOG_IDENTIFIER|_?systemd_unit|unit)$/i

/**
 * Reads entries that are written a field a line: those of `journalctl -o export`, `verbose` and `json-pretty`, and
 * what a store of logs exports indented. Instant, host and program are taken from the fields before the message.
 */
export class FieldLines {
  #clock: Carried['clock']
  #node: string | undefined
  #from: Carried['from']

  /** The message of an entry; undefined for any other line. */
  read(line: string): Carried | undefined {
    const exported = FIELD.exec(line)?.groups
    if (exported) return this.#field(exported['name'] ?? '', exported['value'] ?? '', false)
    if (ENTRY.test(line)) this.#begin(undefined)
    const verbose = VERBOSE.exec(line)?.groups
    if (verbose) this.#begin(textClock(`${verbose['date']}T${verbose['time']}${verbose['zone'] ? 'Z' : ''}`))
    const written = JSON_FIELD.exec(line)?.groups
    return written && this.#field(written['name'] ?? '', unquoted(written['value'] ?? ''), true)
  }

  #begin(clock: Carried['clock']): void {
    this.#clock = clock
    this.#node = this.#from = undefined
  }

  #field(name: string, value: string, isJson: boolean): Carried | undefined {
    if (name === '__REALTIME_TIMESTAMP') this.#clock = realtime(value)
    else if (isJson && TIMES.test(name)) this.#clock = textClock(value)
    else if (HOSTS.test(name)) this.#node = value
    else if (PROGRAMS.test(name)) this.#from = programOf(value).from
    // In a document anything may be called a message; a log line in it is one whatever it is called.
    const isMessage = isJson
      ? beginsLogLine(value) || name === 'MESSAGE'
      : name === 'MESSAGE' && this.#clock !== undefined
    if (!isMessage) return undefined
    return {
      rest: value.replace(/\n$/, ''),
      ...(this.#clock === undefined ? {} : { clock: this.#clock }),
      ...(this.#node === undefined ? {} : { node: this.#node }),
      ...(this.#from === undefined ? {} : { from: this.#from }),
    }
  }
}

function realtime(value: string): Carried['clock'] {
  return /^\d{15,17}$/.test(value) ? epochClock(Number(value)).clock : undefined
}

function unquoted(value: string): string {
  try {
    return String(JSON.parse(value))
  } catch {
    return ''
  }
}
