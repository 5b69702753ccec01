import { isBareMessage } from './frame/bare-message.ts'
import type { Fact, SourcePosition, Statement } from './facts/fact.ts'
import type { FactId } from './facts/vocabulary.ts'
import type { LogRecord, PlacedRecord, Reading, RecordTime } from './frame/log-record.ts'
import type { Groups, MessageForm, Pattern } from './pattern-family.ts'
import { patternFamilies } from './patterns/index.ts'

/** One look at a text for all words of a family is a good deal faster than one for each. */
const FAMILIES = patternFamilies.map(({ prefilter, patterns }) => ({
  mayRead: new RegExp(prefilter.map(literally).join('|'), 'i'),
  patterns,
}))

/** Every fact that a record states. */
export function readFacts(record: PlacedRecord): Fact[] {
  return statementsOf(record).map((statement) => factOf(statement, record.time, record.source))
}

/** Every statement that a record makes. Text that nothing marks as a log line states nothing. */
export function statementsOf(record: LogRecord): Statement[] {
  const readings = record.others ? [record, ...record.others] : [record]
  if (!record.isFramed && !readings.some(({ text }) => isBareMessage(text))) return []
  const statements: Statement[] = []
  const texts = readings.map(({ text }) => (record.event ? `${record.event.reason} ${text}` : text))
  for (const { mayRead, patterns } of FAMILIES) {
    if (!texts.some((text) => mayRead.test(text))) continue
    for (const pattern of patterns) {
      const match = bestMatch(pattern, record, readings)
      if (!match) continue
      const read = match.reading === record ? record : { ...record, ...match.reading }
      for (const id of idsOf(pattern, match.groups, read)) {
        if (statements.some((known) => known.id === id)) continue
        statements.push(statementOf(id, pattern, match.groups, read))
      }
    }
  }
  return statements
}

function literally(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** A statement in its place. */
export function factOf(statement: Statement, time: RecordTime, source: SourcePosition): Fact {
  const { id, node, from, fields, subject, raw } = statement
  return {
    id,
    at: time.at,
    atText: time.text,
    order: time.order,
    isCoarse: time.isCoarse,
    ...(time.last ? { last: time.last } : {}),
    node,
    source,
    from,
    fields,
    subject,
    raw,
  }
}

function statementOf(id: FactId, { fields, subject }: Pattern, groups: Groups, record: LogRecord): Statement {
  return {
    id,
    node: record.node,
    from: record.from,
    fields: fields?.(groups, record) ?? {},
    subject: subject?.(groups, record) ?? '',
    raw: record.raw,
  }
}

function idsOf({ states }: Pattern, groups: Groups, record: LogRecord): readonly FactId[] {
  if (typeof states === 'function') return states(groups, record)
  return typeof states === 'string' ? [states] : states
}

const NO_GROUPS: Groups = {}

interface Match {
  groups: Groups
  reading: Reading
}

/** The first reading in which a form matches; a later one when more is stated whole in it. */
function bestMatch(pattern: Pattern, record: LogRecord, readings: readonly Reading[]): Match | undefined {
  if (readings.length === 1) return matchIn(pattern.forms, record, record)
  let best: Match | undefined
  let most = -1
  for (const reading of readings) {
    const match = matchIn(pattern.forms, record, reading)
    const stated = match ? howMuch(pattern, match, record) : -1
    if (stated <= most) continue
    best = match
    most = stated
  }
  return best
}

/** How many facts a pattern states, with how many values that are whole. */
function howMuch(pattern: Pattern, { groups, reading }: Match, record: LogRecord): number {
  const read = { ...record, ...reading }
  const values = [...Object.values(groups), ...Object.values(pattern.fields?.(groups, read) ?? {})]
  const isWhole = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0)
  return idsOf(pattern, groups, read).length + values.filter(isWhole).length
}

function matchIn(forms: readonly MessageForm[], record: LogRecord, reading: Reading): Match | undefined {
  for (const form of forms) {
    const groups = matchForm(form, record, reading)
    if (groups) return { groups, reading }
  }
  return undefined
}

/** What is one word: broken by a terminal it is no value. */
const WORDS = ['imageId', 'image', 'podUid', 'path', 'node', 'device', 'claim'] as const

function matchForm(form: MessageForm, record: LogRecord, reading: Reading): Groups | undefined {
  const groups = groupsOfForm(form, record, reading)
  if (!groups) return undefined
  const broken = WORDS.filter((name) => groups[name] !== undefined && /\S\s+\S/.test(groups[name]))
  if (broken.length === 0) return groups
  return Object.fromEntries(Object.entries(groups).filter(([name]) => !broken.some((word) => word === name)))
}

function groupsOfForm(
  form: MessageForm,
  { event, row }: LogRecord,
  { message, values, text }: Reading,
): Groups | undefined {
  if ('row' in form) return row === form.row ? groupsOf(form.text.exec(text)) : undefined
  if ('says' in form) {
    const groups = groupsOf(form.says.exec(text))
    return groups && form.keys ? { ...valuesOf(form.keys, values), ...defined(groups) } : groups
  }
  if ('text' in form) return event ? undefined : groupsOf(form.text.exec(message))
  if ('reason' in form) {
    if (!event || !form.reason.test(event.reason)) return undefined
    return form.message ? groupsOf(form.message.exec(message)) : {}
  }
  const match = form.structured.exec(message)
  if (!match) return undefined
  const read: Record<string, string | undefined> = { ...match.groups, ...valuesOf(form.keys, values) }
  for (const [name, value] of Object.entries(form.where ?? {})) {
    const found = value.exec(read[name] ?? '')
    if (!found) return undefined
    Object.assign(read, defined({ ...found.groups }))
  }
  return read
}

function valuesOf(keys: Readonly<Record<string, string>> = {}, values: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, values.get(key)]))
}

function defined(groups: Groups): Groups {
  return Object.fromEntries(Object.entries(groups).filter(([, value]) => value !== undefined))
}

/** As they are: a copy of them takes longer than the match. */
function groupsOf(match: RegExpExecArray | null): Groups | undefined {
  return match ? (match.groups ?? NO_GROUPS) : undefined
}
