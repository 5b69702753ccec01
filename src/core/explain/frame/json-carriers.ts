import type { Carrier } from './carried.ts'
import { programOf } from './carried.ts'
import { goStringAt } from './go-quoted.ts'
import { epochClock, isoClock } from './stamps.ts'

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d+)?) ?(Z|[+-]\d\d:?\d\d)?$/

/** A line of a container's log as docker's json-file driver writes it; a cut one to where it is cut. */
const jsonFile: Carrier = (line) => {
  if (!line.startsWith('{"log":"')) return undefined
  const log = goStringAt(line, 7)
  if (!log) return { rest: line.slice(8) }
  const time = /"time":"([^"]{10,40})"/.exec(line.slice(log.end))?.[1]
  return { rest: log.value.replace(/\n$/, ''), ...clockOf(time) }
}

/** A record in JSON: of `journalctl -o json`, of klog, of programs that log so. */
const jsonRecord: Carrier = (line) => {
  const start = line.indexOf('{')
  if (start === -1 || start > 0 || !/"(?:MESSAGE|msg|message)"\s*:/.test(line)) return undefined
  const record = parsed(line)
  if (!record) return undefined
  return 'MESSAGE' in record ? journalRecord(record) : programRecord(record)
}

export const JSON_CARRIERS: readonly Carrier[] = [jsonFile, jsonRecord]

function journalRecord(record: Readonly<Record<string, unknown>>) {
  const { MESSAGE: text, _HOSTNAME: node, __REALTIME_TIMESTAMP: at } = record
  const message = Array.isArray(text) ? textOfBytes(text) : text
  if (typeof message !== 'string') return undefined
  const unit = [record['SYSLOG_IDENTIFIER'], record['_COMM'], record['_SYSTEMD_UNIT'], record['UNIT']]
  const tag = unit.find((name) => typeof name === 'string')
  return {
    rest: message,
    ...(typeof node === 'string' ? { node } : {}),
    ...(typeof at === 'string' && /^\d{15,17}$/.test(at) ? epochClock(Number(at)) : {}),
    ...(typeof tag === 'string' ? programOf(tag) : {}),
  }
}

function programRecord(record: Readonly<Record<string, unknown>>) {
  const { ts, time, msg } = record
  const text = msg ?? record['message']
  if (typeof text !== 'string') return undefined
  const values = new Map<string, string>()
  for (const [key, value] of Object.entries(record)) {
    if (key !== 'msg') values.set(key, textOf(value))
  }
  // klog writes its instants in milliseconds, other programs in seconds or as text.
  const clock =
    typeof ts === 'number'
      ? epochClock(Math.round(ts > 1e11 ? ts * 1000 : ts * 1e6))
      : clockOf(typeof ts === 'string' ? ts : typeof time === 'string' ? time : undefined)
  const isKlog = typeof ts === 'number' && (typeof record['v'] === 'number' || 'caller' in record)
  return { rest: text, values, ...clock, ...(isKlog ? { from: 'kubelet' as const } : {}) }
}

/** A reference to an object as klog writes it in a line of text; anything else as it is. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.map(textOf).join(' ')}]`
  if (value !== null && typeof value === 'object') {
    const { name, namespace } = value as Record<string, unknown>
    if (typeof name === 'string') return typeof namespace === 'string' ? `${namespace}/${name}` : name
  }
  return JSON.stringify(value) ?? ''
}

function clockOf(text: string | undefined) {
  const match = text === undefined ? undefined : ISO.exec(text)
  return match && text !== undefined ? isoClock(match.slice(1), text) : {}
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

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
