import { parseDuration } from '../units/duration.ts'
import type { FactFields, FieldValue } from './facts/fact.ts'
import type { Groups } from './pattern-family.ts'

/** The groups of these names as whole numbers; a group that is not there is left out. */
export function numbers(groups: Groups, ...names: readonly string[]): FactFields {
  const found: Record<string, number> = {}
  for (const name of names) {
    const value = wholeNumber(groups[name])
    if (value !== undefined) found[name] = value
  }
  return found
}

/** An error text longer than this says nothing more. */
const MOST_TEXT = 4096

/** The groups of these names as texts; a group that is not there is left out. */
export function texts(groups: Groups, ...names: readonly string[]): FactFields {
  const found: Record<string, string> = {}
  for (const name of names) {
    const value = groups[name]
    if (value) found[name] = value.slice(0, MOST_TEXT)
  }
  return found
}

/** Fields without those that are not stated. */
export function stated(fields: Readonly<Record<string, FieldValue | undefined>>): FactFields {
  const found: Record<string, FieldValue> = {}
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) found[name] = value
  return found
}

/** A Go duration in seconds; undefined when it is none. */
export function seconds(text: string | undefined): number | undefined {
  const duration = text === undefined ? undefined : parseDuration(text)
  return duration === undefined ? undefined : duration / 1000
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}
