/** Words of which a text has to hold at least one to match; undefined when it may do without any. */
export type RequiredWords = readonly string[] | undefined

interface Reader {
  readonly source: string
  index: number
}

/** Quoting changes these on the way into a log: a word ends where one stands. */
const CHANGED_BY_QUOTING = /["'\\]|[^ -~]/
/** Shorter words stand everywhere. */
const LEAST_WORD = 4
const ZERO_WIDTH = new Set(['^', '$'])

/**
 * Reads from a regular expression which words a text has to hold to match it, so that lines without them
 * need not be looked at. It never names a word that the expression does not insist on: what it does not
 * understand it takes for something that any text could be.
 */
export function requiredWords({ source }: RegExp): RequiredWords {
  return alternatives({ source, index: 0 })
}

/** The better of two requirements that hold at once: that whose shortest word is the longer. */
export function betterWords(a: RequiredWords, b: RequiredWords): RequiredWords {
  if (!a || !b) return a ?? b
  return shortest(b) > shortest(a) ? b : a
}

function alternatives(reader: Reader): RequiredWords {
  const all: RequiredWords[] = [sequence(reader)]
  while (reader.source[reader.index] === '|') {
    reader.index++
    all.push(sequence(reader))
  }
  return all.some((words) => words === undefined) ? undefined : all.flatMap((words) => words ?? [])
}

/** Reads up to the end of an alternative. */
function sequence(reader: Reader): RequiredWords {
  let best: RequiredWords
  let run = ''
  const endRun = () => {
    for (const word of run.split(CHANGED_BY_QUOTING)) {
      if (word.length >= LEAST_WORD) best = betterWords(best, [word])
    }
    run = ''
  }
  while (reader.index < reader.source.length) {
    const next = reader.source[reader.index] ?? ''
    if (next === '|' || next === ')') break
    if (ZERO_WIDTH.has(next)) {
      reader.index++
      continue
    }
    const term = readTerm(reader)
    const { least, most } = readQuantifier(reader)
    if (term.character !== undefined) {
      if (least > 0) run += term.character
      if (least !== 1 || most !== 1) endRun()
      continue
    }
    endRun()
    if (least > 0) best = betterWords(best, term.words)
  }
  endRun()
  return best
}

interface Term {
  /** A character that stands for itself. */
  character?: string
  /** What a group requires. */
  words?: RequiredWords
}

function readTerm(reader: Reader): Term {
  const { source } = reader
  const first = source[reader.index++] ?? ''
  if (first === '(') return readGroup(reader)
  if (first === '[') {
    while (reader.index < source.length && source[reader.index] !== ']') {
      reader.index += source[reader.index] === '\\' ? 2 : 1
    }
    reader.index++
    return {}
  }
  if (first === '.') return {}
  if (first !== '\\') return { character: first }
  const escaped = source[reader.index++] ?? ''
  if (!/\w/.test(escaped)) return { character: escaped }
  if (escaped === 'k') while (reader.index < source.length && source[reader.index++] !== '>');
  if (escaped === 'x') reader.index += 2
  if (escaped === 'u') reader.index += 4
  return {}
}

/** A group requires what its alternatives do; one that only looks ahead or behind requires nothing here. */
function readGroup(reader: Reader): Term {
  const opening = /\?(?:[:=!]|<[=!]|<\w+>)/y
  opening.lastIndex = reader.index
  const kind = opening.exec(reader.source)?.[0] ?? ''
  reader.index += kind.length
  const words = alternatives(reader)
  reader.index++
  return /[=!]$/.test(kind) ? {} : { words }
}

function readQuantifier(reader: Reader): { least: number; most: number } {
  const quantifier = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y
  quantifier.lastIndex = reader.index
  const match = quantifier.exec(reader.source)
  if (!match) return { least: 1, most: 1 }
  reader.index += match[0].length
  const [text, least, comma, most] = match
  if (least === undefined)
    return { least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : Infinity }
  return { least: Number(least), most: comma === '' ? Number(least) : most === '' ? Infinity : Number(most) }
}

function shortest(words: readonly string[]): number {
  return Math.min(...words.map(worth))
}

/** How much a word tells: its length, unless it is one that stands in every other line. */
function worth(word: string): number {
  const text = word.trim()
  return /^(?:failed|error|image|volume|kubelet|container)s?:?$/i.test(text) ? 1 : text.length
}
