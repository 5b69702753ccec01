import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WordSearch } from './search-kernel.ts'
import { searchTables } from './search-tables.ts'

const WORDS = ['eviction manager', 'imagegc', 'no space left', 'aaaa', 'aaab', 'pull image', 'xfs (']
const ROOM = 4096
const search = new WordSearch(searchTables(WORDS, 'an ordinary line\nand another one\n'), ROOM)

/** The first place where a word ends before `end`, the slow way. */
function isFoundIn(text: string): boolean {
  return WORDS.some((word) => text.toLowerCase().includes(word))
}

function put(text: string): number {
  const bytes = Buffer.from(text, 'latin1')
  search.bytes.fill(0xaa)
  search.bytes.set(bytes)
  return bytes.length
}

describe('WordSearch', () => {
  it.each([
    ['x eviction manager', true],
    ['x EVICTION Manager', true],
    ['eviction manage', false],
    ['aaab', true],
    ['', false],
    ['a', false],
  ])('%j: %s', (text, isFound) => {
    const end = put(text)
    expect(search.find(0, end).at < end).toBe(isFound)
  })

  it('finds what a plain search finds, wherever it stands, and counts the lines before it', () => {
    const piece = fc.oneof(
      fc.constantFrom(...WORDS, 'EVICTION MANAGER', 'eviction', 'aaa', 'no space', '\n', '\n\n', ' '),
      fc.string({ unit: 'binary', maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.nat(40), (pieces, offset) => {
        const text = pieces.join('').slice(0, ROOM - 64)
        const end = put(text)
        const from = Math.min(offset, end)
        const { at, lines } = search.find(from, end)
        const bytes = Buffer.from(text, 'latin1').toString('latin1')
        expect(at < end).toBe(isFoundIn(bytes.slice(from)))
        expect(lines).toBe(bytes.slice(from, Math.min(at, end)).split('\n').length - 1)
        if (at < end) expect(isFoundIn(bytes.slice(from, at))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })
})
