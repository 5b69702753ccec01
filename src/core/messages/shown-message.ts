import type { Message } from './message.ts'
import { LONGEST_NAME, shown } from '../tell/shown-text.ts'

/** A message whose names and words from a cluster or a log are fit to be quoted: short, on one line, no commands. */
export function shownMessage({ key, params }: Message): Message {
  return { key, params: shownValue(params) }
}

function shownValue(value: unknown): unknown {
  if (typeof value === 'string') return shown(value, LONGEST_NAME)
  if (Array.isArray(value)) return value.map(shownValue)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, shownValue(held)]))
}
