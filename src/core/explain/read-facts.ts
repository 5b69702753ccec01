import type { Fact } from './facts/fact.ts'
import type { FactId } from './facts/vocabulary.ts'
import type { LogRecord } from './frame/log-record.ts'
import type { Groups, MessageForm, Pattern } from './pattern-family.ts'
import { patternFamilies } from './patterns/index.ts'

/** Every statement that a record makes. Text that no carrier marks as a log line states nothing. */
export function readFacts(record: LogRecord): Fact[] {
  if (!record.isFramed) return []
  const text = [record.event?.reason ?? '', record.message, ...record.values.values()].join(' ').toLowerCase()
  const facts: Fact[] = []
  for (const { prefilter, patterns } of patternFamilies) {
    if (!prefilter.some((word) => text.includes(word))) continue
    for (const pattern of patterns) {
      const groups = firstMatch(pattern.forms, record)
      if (!groups) continue
      const ids = statesOf(pattern, groups, record)
      for (const id of ids) {
        if (facts.some((fact) => fact.id === id)) continue
        facts.push({
          id,
          at: record.time.at,
          atText: record.time.text,
          order: record.time.order,
          isCoarse: record.time.isCoarse,
          node: record.node,
          source: record.source,
          from: record.from,
          fields: pattern.fields?.(groups, record) ?? {},
          subject: pattern.subject?.(groups, record) ?? '',
          raw: record.raw,
        })
      }
    }
  }
  return facts
}

function statesOf({ states }: Pattern, groups: Groups, record: LogRecord): readonly FactId[] {
  if (typeof states === 'function') return states(groups, record)
  return typeof states === 'string' ? [states] : states
}

function firstMatch(forms: readonly MessageForm[], record: LogRecord): Groups | undefined {
  for (const form of forms) {
    const groups = matchForm(form, record)
    if (groups) return groups
  }
  return undefined
}

function matchForm(form: MessageForm, { message, values, event }: LogRecord): Groups | undefined {
  if ('text' in form) return event ? undefined : groupsOf(form.text.exec(message))
  if ('reason' in form) {
    if (!event || !form.reason.test(event.reason)) return undefined
    return form.message ? groupsOf(form.message.exec(message)) : {}
  }
  const match = form.structured.exec(message)
  if (!match) return undefined
  const read: Record<string, string | undefined> = { ...match.groups }
  for (const [name, key] of Object.entries(form.keys ?? {})) read[name] = values.get(key)
  for (const [name, value] of Object.entries(form.where ?? {})) {
    const found = value.exec(read[name] ?? '')
    if (!found) return undefined
    Object.assign(read, found.groups)
  }
  return read
}

function groupsOf(match: RegExpExecArray | null): Groups | undefined {
  return match ? { ...match.groups } : undefined
}
