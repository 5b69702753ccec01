import { goStringAt } from './go-quoted.ts'

/** A message with its pairs. */
export interface StructuredMessage {
  message: string
  values: ReadonlyMap<string, string>
}

/**
 * Reads `"Message" key="value" key=[a b] key=word` (klog, semantics §8.1) and `msg="…" key=…` (logfmt).
 * Undefined when the text is neither. A value that is cut is left out.
 */
export function structuredMessage(text: string): StructuredMessage | undefined {
  if (text.startsWith('msg=')) {
    const values = pairs(text, 0)
    const message = values.get('msg')
    return message === undefined ? undefined : { message, values }
  }
  const head = goStringAt(text, 0)
  if (!head || (head.end < text.length && text[head.end] !== ' ')) return undefined
  return { message: head.value, values: pairs(text, head.end) }
}

function pairs(text: string, start: number): Map<string, string> {
  const values = new Map<string, string>()
  const key = /\s*([A-Za-z_][\w.-]*)=/y
  for (let index = start; index < text.length;) {
    key.lastIndex = index
    const match = key.exec(text)
    if (!match) break
    const value = valueAt(text, key.lastIndex)
    if (!value) break
    values.set(match[1] ?? '', value.value)
    index = value.end
  }
  return values
}

function valueAt(text: string, start: number): { value: string; end: number } | undefined {
  const first = text[start]
  if (first === '"') return goStringAt(text, start)
  if (text.startsWith('<\n', start)) return blockAt(text, start)
  if (first === '[' || first === '{') return balancedAt(text, start)
  const word = /\S*/y
  word.lastIndex = start
  const value = word.exec(text)?.[0] ?? ''
  return { value, end: start + value.length }
}

/** A value of several lines: `<`, the lines after a tab each, ` >`. */
function blockAt(text: string, start: number): { value: string; end: number } | undefined {
  const end = text.indexOf('\n >', start)
  if (end === -1) return undefined
  return { value: text.slice(start + 2, end).replace(/^\t/gm, ''), end: end + 3 }
}

function balancedAt(text: string, start: number): { value: string; end: number } | undefined {
  let depth = 0
  for (let index = start; index < text.length; index++) {
    const character = text[index] ?? ''
    if (character === '"') {
      const quoted = goStringAt(text, index)
      if (!quoted) return undefined
      index = quoted.end - 1
    } else if ('[{'.includes(character)) depth++
    else if (']}'.includes(character) && --depth === 0)
      return { value: text.slice(start, index + 1), end: index + 1 }
  }
  return undefined
}
