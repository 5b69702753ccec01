// The memory of search-kernel.wat: which word stands in which set, and the tables that name the sets.

const SETS = 8
const WINDOW = 4
const SETS_AT = WINDOW * 32
const WORDS_AT = SETS_AT + SETS * 4 + 16
const WORD_ENTRY = 12
/** Words are compared with this bit set, which makes lower case of upper case. */
const LOWER = 0x20
const ROUNDS = 2

/** The bytes a log is mostly made of, and how large a share one of them, or of the others, has. */
const COMMON = new Set(bytesOf('e01oa:2tin453r78sd6cl9.-bgfp"um'))
const share = (byte: number) => (byte === 0x20 ? 0.1 : COMMON.has(byte) ? 0.026 : 0.0016)

/** A word with the place of its window. */
interface PlacedWord {
  bytes: readonly number[]
  place: number
}

/** Words that are looked for together: which halves of bytes stand at each place of their windows. */
interface WordSet {
  words: PlacedWord[]
  /** Bits of low and high halves, by turns. */
  halves: number[]
  /** The share of places in a log that has to be compared with the words. */
  cost: number
}

/**
 * The tables for words of ASCII, each at least four long. Windows and sets are chosen so that as few places
 * of an ordinary log as possible look like one.
 */
export function searchTables(words: readonly string[]): Uint8Array {
  const all = words.map((word) => bytesOf(word).map((byte) => byte | LOWER))
  const sets = Array.from({ length: SETS }, emptySet)
  for (const bytes of all.toSorted((a, b) => a.length - b.length)) place(sets, bytes)
  for (let round = 0; round < ROUNDS; round++) {
    for (const bytes of all) {
      remove(sets, bytes)
      place(sets, bytes)
    }
  }
  return written(sets)
}

function bytesOf(word: string): number[] {
  return Array.from(word, (character) => character.codePointAt(0) ?? 0)
}

function emptySet(): WordSet {
  return { words: [], halves: Array.from({ length: WINDOW * 2 }, () => 0), cost: 0 }
}

/** Puts a word where it costs the least. */
function place(sets: readonly WordSet[], bytes: readonly number[]): void {
  let best: { set: WordSet; place: number; halves: number[]; added: number } | undefined
  for (const set of sets) {
    for (let at = 0; at + WINDOW <= bytes.length; at++) {
      const halves = withWindow(set.halves, bytes, at)
      const added = cost(halves) - set.cost
      if (!best || added < best.added) best = { set, place: at, halves, added }
    }
  }
  if (!best) throw new RangeError('a word to search for has at least four bytes')
  best.set.words.push({ bytes, place: best.place })
  best.set.halves = best.halves
  best.set.cost += best.added
}

function remove(sets: readonly WordSet[], bytes: readonly number[]): void {
  const set = sets.find(({ words }) => words.some((word) => word.bytes === bytes))
  if (!set) return
  set.words = set.words.filter((word) => word.bytes !== bytes)
  set.halves = set.words.reduce(
    (halves, word) => withWindow(halves, word.bytes, word.place),
    emptySet().halves,
  )
  set.cost = set.words.length === 0 ? 0 : cost(set.halves)
}

function withWindow(halves: readonly number[], bytes: readonly number[], at: number): number[] {
  const all = [...halves]
  for (let index = 0; index < WINDOW; index++) {
    const lower = bytes[at + index] ?? 0
    for (const byte of [lower, lower & ~LOWER]) {
      all[index * 2] = (all[index * 2] ?? 0) | (1 << (byte & 15))
      all[index * 2 + 1] = (all[index * 2 + 1] ?? 0) | (1 << (byte >> 4))
    }
  }
  return all
}

const shares = new Map<number, number>()

function cost(halves: readonly number[]): number {
  let product = 1
  for (let index = 0; index < halves.length; index += 2) {
    product *= shareOf(halves[index] ?? 0, halves[index + 1] ?? 0)
  }
  return product
}

function shareOf(low: number, high: number): number {
  const key = low * 65_536 + high
  let known = shares.get(key)
  if (known === undefined) {
    known = 0
    for (let byte = 0; byte < 128; byte++) {
      if (((low >> (byte & 15)) & (high >> (byte >> 4)) & 1) === 1) known += share(byte)
    }
    shares.set(key, known)
  }
  return known
}

function written(sets: readonly WordSet[]): Uint8Array {
  const words = sets.flatMap((set) => set.words)
  const textsAt = WORDS_AT + words.length * WORD_ENTRY
  const memory = new Uint8Array(textsAt + words.reduce((total, { bytes }) => total + bytes.length, 0))
  const view = new DataView(memory.buffer)
  let word = 0
  let text = textsAt
  sets.forEach((set, index) => {
    set.halves.forEach((halves, table) => {
      for (let half = 0; half < 16; half++) {
        const at = table * 16 + half
        memory[at] = (memory[at] ?? 0) | (((halves >> half) & 1) << index)
      }
    })
    view.setUint16(SETS_AT + index * 4, word, true)
    view.setUint16(SETS_AT + index * 4 + 2, set.words.length, true)
    for (const { bytes, place: at } of set.words) {
      const entry = WORDS_AT + word * WORD_ENTRY
      view.setUint32(entry, text, true)
      memory.set(bytes.slice(at, at + WINDOW), entry + 4)
      view.setUint16(entry + 8, bytes.length, true)
      view.setUint16(entry + 10, at, true)
      memory.set(bytes, text)
      text += bytes.length
      word++
    }
  })
  return memory
}
