const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
}

/** A quoted string, and the index after its closing quote. */
export interface QuotedText {
  value: string
  end: number
}

/**
 * Reads the double-quoted string (Go's `%q`, also JSON's) that begins at an index. Undefined when none
 * begins there or it is cut: a cut value is no value.
 */
export function goStringAt(text: string, start: number): QuotedText | undefined {
  if (text[start] !== '"') return undefined
  let value = ''
  for (let index = start + 1; index < text.length; index++) {
    const character = text[index] ?? ''
    if (character === '"') return { value, end: index + 1 }
    if (character !== '\\') {
      value += character
      continue
    }
    const escape = text[++index] ?? ''
    const hex = escape === 'x' ? 2 : escape === 'u' ? 4 : escape === 'U' ? 8 : 0
    if (hex > 0) {
      const code = Number.parseInt(text.slice(index + 1, index + 1 + hex), 16)
      value += Number.isNaN(code) || code > 0x10_ff_ff ? '' : String.fromCodePoint(code)
      index += hex
    } else {
      value += SIMPLE[escape] ?? escape
    }
  }
  return undefined
}
