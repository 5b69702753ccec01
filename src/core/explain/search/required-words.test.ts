import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patternFamilies } from '../patterns/index.ts'
import { requiredWords } from './required-words.ts'
import { searchWords } from './search-words.ts'

describe('requiredWords', () => {
  it.each<[RegExp, readonly string[] | undefined]>([
    [/^eviction manager: attempting/, ['eviction manager: attempting']],
    [/^(?:PullImage|Pull image) "(?<image>[^"]+)" failed/, ['PullImage', 'Pull image']],
    [/[Oo]rphaned pod/, ['rphaned pod']],
    [/(?:open (?<path>\/\S+): )?no space left/, ['no space left']],
    [/colou?r of/, ['colo']],
    [/abcdx*efgh12/, ['efgh12']],
    [/ab+cdef/, ['cdef']],
    [/word{0}other/, ['other']],
    [/(?!absent words)present/, ['present']],
    [/(?<=absent words)present/, ['present']],
    [/a\.b\/c\\defgh/, ['a.b/c']],
    [/\x41\u0042(?<name>.)\k<name>left/, ['left']],
    [/one thing|.*/, undefined],
    [/.+/, undefined],
    [/abc/, undefined],
  ])('%s', (expression, words) => {
    expect(requiredWords(expression)).toEqual(words)
  })

  it('never names a word that a text can match without', () => {
    const atom = fc.constantFrom(
      'abcd',
      'efgh ',
      '[xy]',
      '(?:abcd|ijkl)',
      '(?:mnop)?',
      '\\d+',
      '.*',
      'q?',
      '(?:rstu|v)',
    )
    fc.assert(
      fc.property(
        fc.array(atom, { minLength: 1, maxLength: 6 }),
        fc.array(fc.constantFrom('abcd', 'efgh ', 'x', 'ijkl', 'mnop', '7', 'rstu', 'v', 'q'), {
          maxLength: 8,
        }),
        (atoms, parts) => {
          const expression = new RegExp(atoms.join(''))
          const text = parts.join('')
          const words = requiredWords(expression)
          if (!words || !expression.test(text)) return
          expect(words.some((word) => text.includes(word))).toBe(true)
        },
      ),
    )
  })
})

describe('searchWords', () => {
  const words = searchWords(patternFamilies)

  it('finds every message that a pattern knows', () => {
    const examples = patternFamilies.flatMap(({ patterns }) =>
      patterns.flatMap((pattern) => pattern.examples),
    )
    for (const { message } of examples) {
      expect
        .soft(
          words.some((word) => message.toLowerCase().includes(word)),
          message,
        )
        .toBe(true)
    }
  })

  it('has none that stands in every other line', () => {
    expect(words.filter((word) => word.trim().length < 4)).toEqual([])
    expect(words.filter((word) => /^(?:image|volume|pods?|failed|error|kubelet)$/.test(word.trim()))).toEqual(
      [],
    )
  })
})
