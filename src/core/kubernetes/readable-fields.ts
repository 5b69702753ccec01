import type { z } from 'zod'
import { shown } from '../tell/shown-text.ts'

/** A field whose value could not be read; it counts as absent. */
export interface UnreadableField {
  /** Its path, such as `evictionHard.nodefs.available`. */
  field: string
  /** What stood there, short and fit to be printed. */
  value: string
}

/** An object as JSON gives it. */
export type JsonObject = Readonly<Record<string, unknown>>

const MOST_CHARACTERS = 40
const MOST_PROBLEMS = 20

/** Whether a value is an object: no list, no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads an object a field at a time: a field that its schema refuses is left out and noted; null is absent. */
export function readableFields(
  input: JsonObject,
  schemas: Readonly<Record<string, z.ZodType>>,
): { fields: Record<string, unknown>; problems: UnreadableField[] } {
  const fields: Record<string, unknown> = {}
  const problems: UnreadableField[] = []
  for (const [field, schema] of Object.entries(schemas)) {
    const value = Object.hasOwn(input, field) ? input[field] : undefined
    if (value === undefined || value === null) continue
    const parsed = schema.safeParse(value)
    if (parsed.success) fields[field] = parsed.data
    else problems.push({ field: shown(field, MOST_CHARACTERS), value: shownValue(value) })
  }
  return { fields, problems }
}

/**
 * As `readableFields`, for a map of which every value has one shape: an entry under a key that is not
 * known, or that its schema refuses, is left out and noted.
 */
export function readableEntries(
  field: string,
  input: unknown,
  keys: ReadonlySet<string>,
  schema: z.ZodType<string>,
): { entries?: Record<string, string>; problems: UnreadableField[] } {
  if (input === undefined || input === null) return { problems: [] }
  if (!isJsonObject(input)) return { problems: [{ field, value: shownValue(input) }] }
  const entries: Record<string, string> = {}
  const problems: UnreadableField[] = []
  for (const [key, value] of Object.entries(input)) {
    const parsed = keys.has(key) ? schema.safeParse(value) : undefined
    if (parsed?.success) entries[key] = parsed.data
    else if (problems.length < MOST_PROBLEMS) {
      problems.push({ field: `${field}.${shown(key, MOST_CHARACTERS)}`, value: shownValue(value) })
    }
  }
  return { entries, problems }
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return `"${shown(value, MOST_CHARACTERS)}"`
  if (Array.isArray(value)) return '[…]'
  if (typeof value === 'object' && value !== null) return '{…}'
  // JSON has numbers that a double cannot hold, such as 1e400.
  if (typeof value === 'number' && !Number.isFinite(value)) return '∞'
  return String(value)
}
