import { parseDuration } from '../units/duration.ts'
import type { FactFields, FieldValue } from './facts/fact.ts'
import type { Groups } from './pattern-family.ts'

/** The groups of these names as whole numbers; a group that is not there is left out. */
export function numbers(groups: Groups, ...names: readonly string[]): FactFields {
  return stated(Object.fromEntries(names.map((name) => [name, wholeNumber(groups[name])])))
}

/** An error text longer than this says nothing more. */
const MOST_TEXT = 4096

/** The groups of these names as texts; a group that is not there is left out. */
export function texts(groups: Groups, ...names: readonly string[]): FactFields {
  return stated(
    Object.fromEntries(names.map((name) => [name, groups[name]?.slice(0, MOST_TEXT) || undefined])),
  )
}

/** Fields without those that are not stated. */
export function stated(fields: Readonly<Record<string, FieldValue | undefined>>): FactFields {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  )
}

/** A Go duration in seconds; undefined when it is none. */
export function seconds(text: string | undefined): number | undefined {
  const duration = text === undefined ? undefined : parseDuration(text)
  return duration === undefined ? undefined : duration / 1000
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined
}
