import { asCoreEvent } from './core-event.ts'
import { isObject, type JsonObject } from './json-object.ts'

/** Documents deeper than this are nobody's export of a log. */
const MOST_DEPTH = 12
/** Where programs and stores of logs keep the text of an entry, likeliest first. */
const TEXTS = [
  'MESSAGE',
  'msg',
  'message',
  'log',
  'line',
  'textPayload',
  '_raw',
  '@message',
  'Message',
  'body',
  'content',
] as const
/** What holds the entry itself where a store wraps it. */
const WRAPPERS = ['_source', 'jsonPayload', 'result', 'event', 'object', 'record'] as const

/** The value of JSON that a text is; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The entry in a record, which stores of logs wrap: itself, or what is in it; undefined when it holds no text. */
export function entryIn(record: JsonObject): { entry: JsonObject; text: unknown; key: string } | undefined {
  for (const held of [record, ...WRAPPERS.map((name) => record[name]).filter(isObject)]) {
    const holder = asCoreEvent(held)
    const key = TEXTS.find((name) => typeof holder[name] === 'string' || isBytes(name, holder[name]))
    if (key !== undefined) return { entry: holder, text: holder[key], key }
  }
  return undefined
}

/** A journal writes a message that is no UTF-8 as its bytes. */
function isBytes(name: string, value: unknown): boolean {
  return name === 'MESSAGE' && Array.isArray(value)
}

/**
 * The entries of a document that a store of logs wrote on one line (hits of Elasticsearch, streams of Loki, events
 * of CloudWatch), as a line of JSON each. Undefined when the line is no such document.
 */
export function exportedEntries(line: string): string[] | undefined {
  if (
    !/^\s*[[{]/.test(line) ||
    !/"(?:hits|values|events|results?|logs|items|data|records)"\s*:|^\s*\[/.test(line)
  )
    return undefined
  const entries: string[] = []
  collect(jsonOf(line), 0, entries)
  return entries.length > 0 ? entries : undefined
}

function collect(value: unknown, depth: number, entries: string[]): void {
  if (depth > MOST_DEPTH) return
  if (Array.isArray(value)) {
    const entry = lokiEntry(value)
    if (entry) entries.push(JSON.stringify(entry))
    else for (const item of value) collect(item, depth + 1, entries)
  } else if (isObject(value)) {
    if (depth > 0 && entryIn(value)) entries.push(JSON.stringify(value))
    else for (const item of Object.values(value)) collect(item, depth + 1, entries)
  }
}

/** Loki writes an entry as its nanoseconds and its line. */
function lokiEntry([time, line, ...rest]: readonly unknown[]): JsonObject | undefined {
  if (typeof time !== 'string' || !/^\d{19}$/.test(time) || typeof line !== 'string' || rest.length > 1)
    return undefined
  return { line, timestamp: new Date(Number(time.slice(0, 13))).toISOString() }
}
