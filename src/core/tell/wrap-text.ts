/** East Asian characters that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/

/** The columns a text takes on a terminal. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += WIDE.test(character) ? 2 : 1
  return columns
}

/**
 * Breaks a text into lines of at most so many columns: between words, and between any two wide
 * characters. Lines after the first begin with `hanging`. A longer word stays whole, so that a command can be copied.
 */
export function wrapText(text: string, columns: number, indent = '', hanging = indent): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, columns - Math.max(indent.length, hanging.length)))
    .map((line, index) => ((index === 0 ? indent : hanging) + line).trimEnd())
    .join('\n')
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const piece of piecesOf(line)) {
    if (current !== '' && columnsOf((current + piece).trimEnd()) > columns) {
      lines.push(current.trimEnd())
      current = piece.trimStart()
    } else current += piece
  }
  return [...lines, current]
}

const CLOSING = '[\\u3001\\u3002\\uff0c\\uff1a\\uff1b\\uff09\\u300b\\u300d,.:;)]*'
const PIECES = new RegExp(
  [
    ` *\`[^\`]*\`${CLOSING}`,
    ` *\\(?\\d[\\d.,]* (?:[kMGTPE]?B|%|h|min|m?s)(?![\\w%])\\)?${CLOSING}`,
    ` *[^\\s\\u2e80-\\uffef\`]+${CLOSING}`,
    ` *[\\u2e80-\\uffef]${CLOSING}`,
    ' *`',
    ' +',
  ].join('|'),
  'g',
)

/**
 * What stays together: a command between backticks, a figure and its unit, a word with the blank before it, one wide
 * character; each with the marks that must not begin a line.
 */
function piecesOf(line: string): string[] {
  return line.match(PIECES) ?? []
}
