import { createFramer, type FrameOptions } from '../frame/framer.ts'
import { exportedEntries, jsonOf } from '../frame/log-export.ts'
import type { PlacedRecord } from '../frame/log-record.ts'
import { linesOf } from '../read-segment.ts'
import type { ReadingPlatform } from './log-source.ts'

/** What makes it worth while to look for documents: the object of an event, or what a store of logs wraps a line in. */
const WORTH_LOOKING =
  /\b(?:involvedObject|regarding|_source|jsonPayload|textPayload|logStreamName|ingestionTime)"?\s*:/
const OF_LOG_STORE = /"(?:_source|jsonPayload|textPayload|logStreamName|ingestionTime)"\s*:/
const MESSAGE = /"(?:message|MESSAGE|textPayload)":("(?:[^"\\]|\\.)*")/
/** An entry has no more lines. */
const MOST_APART = 1000
const JSON_BEGINS = /^[{[]\s*$/
const JSON_ENDS = /^[}\]],?\s*$/
const YAML_BEGINS = /^apiVersion: \S/
const YAML_GOES_ON = /^(?:\s|- |-$|[A-Za-z]\w*:(?:\s|$)|$)/

/** A document of several lines among others; lines are numbered from 1. */
interface EmbeddedDocument {
  form: 'json' | 'yaml'
  first: number
  last: number
  text: string
}

/** Whether a file that begins so may have documents among its lines. */
export function mayEmbedDocuments(sample: string): boolean {
  return WORTH_LOOKING.test(sample) || /^\{\s*$/m.test(sample)
}

/**
 * The records of a text with documents of events or of log entries among its lines, as a terminal shows them after a
 * command. Undefined when there is no such document.
 */
export async function recordsWithDocuments(
  text: string,
  options: FrameOptions,
  platform: ReadingPlatform,
): Promise<PlacedRecord[] | undefined> {
  if (!WORTH_LOOKING.test(text)) return undefined
  const lines = [...linesOf([{ first: 0, text }])].map((line) => line.text)
  const records: PlacedRecord[] = []
  const entries = new Map<number, string>()
  const taken = new Set<number>()
  for (const document of documentsIn(lines)) {
    const events = await eventsIn(document, options.file, platform)
    const found = events ? [] : entriesIn(document)
    if (!events && found.length === 0) continue
    records.push(...(events ?? []))
    for (const { line, entry } of found) entries.set(line, entry)
    for (let line = document.first; line <= document.last; line++) taken.add(line)
  }
  if (taken.size === 0) return undefined
  const framer = createFramer(options)
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    const content = taken.has(number) ? entries.get(number) : line
    if (content !== undefined) records.push(...framer.push(content, number))
  }
  return [...records, ...framer.end()]
}

function documentsIn(lines: readonly string[]): EmbeddedDocument[] {
  const documents: EmbeddedDocument[] = []
  for (let first = 0; first < lines.length; first++) {
    const form = formOf(lines[first] ?? '')
    const last = form === undefined ? -1 : endOf(lines, first, form)
    if (form === undefined) continue
    // What has no end here has none further down.
    if (last === -1) break
    documents.push({ form, first: first + 1, last: last + 1, text: lines.slice(first, last + 1).join('\n') })
    first = last
  }
  return documents
}

function formOf(line: string): EmbeddedDocument['form'] | undefined {
  if (JSON_BEGINS.test(line)) return 'json'
  return YAML_BEGINS.test(line) ? 'yaml' : undefined
}

/** The index of a document's last line; -1 when it has no end. */
function endOf(lines: readonly string[], first: number, form: EmbeddedDocument['form']): number {
  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (form === 'json' && JSON_ENDS.test(line)) return index
    if (form === 'yaml' && !YAML_GOES_ON.test(line)) return index - 1
  }
  return form === 'json' ? -1 : lines.length - 1
}

async function eventsIn(
  { form, first, text }: EmbeddedDocument,
  file: string,
  { parseYaml, readEventList }: ReadingPlatform,
): Promise<PlacedRecord[] | undefined> {
  if (!/\b(?:involvedObject|regarding)\b/.test(text)) return undefined
  const value =
    form === 'json' ? jsonOf(text) : await parseYaml(text, { maxAliasCount: 0 }).catch(() => undefined)
  const records = value === undefined ? undefined : await readEventList(value, text, file)
  return records?.map((record) => ({
    ...record,
    source: { ...record.source, line: record.source.line + first - 1 },
  }))
}

/** The entries of an export, at lines of their own in its order. */
function entriesIn({ form, first, last, text }: EmbeddedDocument): { line: number; entry: string }[] {
  const entries = form === 'json' && OF_LOG_STORE.test(text) ? (exportedEntries(text) ?? []) : []
  const lines = text.split('\n')
  let at = 0
  return entries.map((entry) => {
    const message = MESSAGE.exec(entry)?.[1] ?? entry
    for (let index = at; index < Math.min(lines.length, at + MOST_APART); index++) {
      if (lines[index]?.includes(message) !== true) continue
      at = index + 1
      break
    }
    return { line: Math.min(first + Math.max(at - 1, 0), last), entry }
  })
}
