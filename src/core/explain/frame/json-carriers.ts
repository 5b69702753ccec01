import { isBareMessage } from './bare-message.ts'
import type { Carried, Carrier } from './carried.ts'
import { programOf } from './carried.ts'
import type { ClockText } from './clock-text.ts'
import { nodeOfEvent } from './core-event.ts'
import { goStringAt } from './go-quoted.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { entryIn, jsonOf } from './log-export.ts'
import type { EventSubject } from './log-record.ts'
import { beginsLogLine } from './plain-line.ts'
import { epochClock, textClock } from './stamps.ts'

const OWN: ReadonlySet<string> = new Set(['msg', 'message', 'log'])

/** A line of a container's log as docker's json-file driver writes it; a cut one to where it is cut. */
const jsonFile: Carrier = (line) => {
  if (!line.startsWith('{"log":"')) return undefined
  const log = goStringAt(line, 7)
  if (!log) return { rest: line.slice(8) }
  const time = /"time":"([^"]{10,40})"/.exec(line.slice(log.end))?.[1]
  return { rest: log.value.replace(/\n$/, ''), ...clocked(textClock(time ?? '')) }
}

/** A record in JSON: of a journal, of klog, of programs that log so, of a shipper or a store of logs. */
const jsonRecord: Carrier = (line) => {
  if (!line.startsWith('{')) return undefined
  const record = jsonOf(line)
  if (!isObject(record)) return undefined
  const found = entryIn(record)
  if (!found) return undefined
  const { entry, key } = found
  const text = Array.isArray(found.text) ? textOfBytes(found.text) : String(found.text)
  if (text === undefined) return undefined
  if (key === 'MESSAGE') return carried(record, entry, text)
  const event = eventIn(entry)
  if (event) return { ...carried(record, entry, text), from: 'events', event }
  if (beginsLogLine(text)) return carried(record, entry, text)
  // Under other names than a program's own anything may be written, also by people.
  if (!OWN.has(key) && !isBareMessage(text)) return undefined
  const isKlog = typeof entry['ts'] === 'number' && (typeof entry['v'] === 'number' || 'caller' in entry)
  return {
    ...carried(record, entry, text),
    values: valuesOf(entry, key),
    ...(isKlog ? { from: 'kubelet' } : {}),
  }
}

export const JSON_CARRIERS: readonly Carrier[] = [jsonFile, jsonRecord]

/** What a record says around its text. */
function carried(record: JsonObject, entry: JsonObject, text: string): Carried {
  const clock = clockOf(entry) ?? clockOf(record)
  const node = hostOf(entry) ?? hostOf(record)
  const tag = ['SYSLOG_IDENTIFIER', '_COMM', '_SYSTEMD_UNIT', 'UNIT', 'systemd_unit', 'unit']
    .map((name) => entry[name])
    .find((name) => typeof name === 'string')
  return {
    rest: text.replace(/\n$/, ''),
    ...clocked(clock),
    ...(node === undefined ? {} : { node }),
    ...(typeof tag === 'string' ? programOf(tag) : { isTagless: true }),
  }
}

/** The host a record is from, under the names that shippers give it. */
function hostOf(record: JsonObject): string | undefined {
  const { host, kubernetes, labels, involvedObject } = record
  const places = [
    isObject(involvedObject) ? nodeOfEvent(record) : undefined,
    record['_HOSTNAME'],
    record['hostname'],
    isObject(host) ? (host['name'] ?? host['hostname']) : host,
    isObject(kubernetes) ? kubernetes['host'] : undefined,
    isObject(labels) ? (labels['host'] ?? labels['hostname'] ?? labels['node_name']) : undefined,
  ]
  return places.find((name) => typeof name === 'string' && name !== '') as string | undefined
}

/** klog writes its instants in milliseconds, other programs in seconds or as text, a journal in microseconds. */
function clockOf(record: JsonObject): ClockText | undefined {
  const { __REALTIME_TIMESTAMP: realtime } = record
  if (typeof realtime === 'string' && /^\d{15,17}$/.test(realtime)) return epochClock(Number(realtime)).clock
  for (const name of [
    'ts',
    '@timestamp',
    'timestamp',
    'time',
    'lastTimestamp',
    'eventTime',
    'firstTimestamp',
    'date',
  ]) {
    const value = record[name]
    if (typeof value === 'number')
      return epochClock(Math.round(value > 1e11 ? value * 1000 : value * 1e6)).clock
    const clock = typeof value === 'string' ? textClock(value) : undefined
    if (clock) return clock
  }
  return undefined
}

function clocked(clock: ClockText | undefined): { clock?: ClockText } {
  return clock === undefined ? {} : { clock }
}

function valuesOf(entry: JsonObject, key: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(entry)
      .filter(([name]) => name !== key)
      .map(([name, value]) => [name, textOf(value)]),
  )
}

/** Whom an event is about, as exporters of events write it. */
function eventIn({ reason, involvedObject }: JsonObject): EventSubject | undefined {
  if (typeof reason !== 'string' || !isObject(involvedObject)) return undefined
  const subject: EventSubject = { reason }
  for (const name of ['kind', 'namespace', 'name', 'uid'] as const) {
    const value = involvedObject[name]
    if (typeof value === 'string' && value !== '') subject[name] = value
  }
  return subject
}

/** A reference to an object as klog writes it in a line of text; anything else as it is. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  if (isObject(value)) {
    const { name, namespace } = value
    if (typeof name === 'string')
      return typeof namespace === 'string' && namespace !== '' ? `${namespace}/${name}` : name
  }
  return JSON.stringify(value) ?? ''
}

function textOfBytes(bytes: readonly unknown[]): string | undefined {
  if (!bytes.every((byte) => typeof byte === 'number')) return undefined
  return decodeUtf8(bytes)
}

/** Core has no decoder of its own; escaping every byte lets the URI decoder do it. */
function decodeUtf8(bytes: readonly number[]): string {
  const text = bytes.map((byte) => `%${(byte & 0xff).toString(16).padStart(2, '0')}`).join('')
  try {
    return decodeURIComponent(text)
  } catch {
    return bytes.map((byte) => String.fromCodePoint(byte & 0xff)).join('')
  }
}
