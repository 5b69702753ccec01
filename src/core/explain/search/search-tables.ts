// The memory of search-kernel.wat: which word stands in which set, and the tables that name the sets. Made once,
// when the project's generated files are: choosing takes longer than searching.

const SETS = 8
const WINDOW = 4
const SETS_AT = WINDOW * 32
const HASHES_AT = SETS_AT + SETS * 4 + 16
const HASH_BITS = 12
const WORDS_AT = HASHES_AT + 2 ** HASH_BITS
const WORD_ENTRY = 12
/** Words are compared with this bit set, which makes lower case of upper case. */
const LOWER = 0x20
const ROUNDS = 2
/** What a place is thought to cost that a set's tables name with no text to show for it. */
const UNSEEN = 1e-3
/** How many of the commonest windows of ordinary text are tried on each choice. */
const MOST_TRIED = 6000

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
 * as possible of an ordinary log, of which there is a sample, look like one.
 */
export function searchTables(words: readonly string[], ordinary: string): Uint8Array {
  const all = words.map((word) => bytesOf(word).map((byte) => byte | LOWER))
  const cost = costIn(commonWindows(ordinary))
  const sets = Array.from({ length: SETS }, emptySet)
  for (const bytes of all.toSorted((a, b) => a.length - b.length)) place(sets, bytes, cost)
  for (let round = 0; round < ROUNDS; round++) {
    for (const bytes of all) {
      remove(sets, bytes, cost)
      place(sets, bytes, cost)
    }
  }
  return written(sets)
}

/** A window as it stands in a text, and its share of all windows. */
interface CommonWindow {
  bytes: readonly number[]
  share: number
}

function commonWindows(text: string): CommonWindow[] {
  const counts = new Map<string, number>()
  for (let at = 0; at + WINDOW <= text.length; at++) {
    const window = text.slice(at, at + WINDOW)
    counts.set(window, (counts.get(window) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, MOST_TRIED)
    .map(([window, count]) => ({ bytes: bytesOf(window), share: count / text.length }))
}

type Cost = (halves: readonly number[]) => number

/** The share of places that a set's tables name: those seen in the text, and a little for all they could name. */
function costIn(windows: readonly CommonWindow[]): Cost {
  return (halves) => {
    let seen = 0
    for (const { bytes, share } of windows) if (isNamed(halves, bytes)) seen += share
    return seen + UNSEEN * halves.reduce((product, half) => (product * bits(half)) / 8, 1)
  }
}

function isNamed(halves: readonly number[], bytes: readonly number[]): boolean {
  return bytes.every(
    (byte, index) =>
      (((halves[index * 2] ?? 0) >> (byte & 15)) & ((halves[index * 2 + 1] ?? 0) >> (byte >> 4)) & 1) === 1,
  )
}

function bits(halves: number): number {
  return halves.toString(2).replaceAll('0', '').length
}

function bytesOf(word: string): number[] {
  return Array.from(word, (character) => character.codePointAt(0) ?? 0)
}

function emptySet(): WordSet {
  return { words: [], halves: Array.from({ length: WINDOW * 2 }, () => 0), cost: 0 }
}

/** Puts a word where it costs the least. */
function place(sets: readonly WordSet[], bytes: readonly number[], cost: Cost): void {
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

function remove(sets: readonly WordSet[], bytes: readonly number[], cost: Cost): void {
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

/** Of four bytes as one number; search-kernel.wat has the same. */
function hash(window: number): number {
  return Math.imul(window, 0x9e3779b1) >>> (32 - HASH_BITS)
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
      memory[HASHES_AT + hash(view.getUint32(entry + 4, true))] = 1
      view.setUint16(entry + 8, bytes.length, true)
      view.setUint16(entry + 10, at, true)
      memory.set(bytes, text)
      text += bytes.length
      word++
    }
  })
  return memory
}
