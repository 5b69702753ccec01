import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, wrapText } from './wrap-text.ts'

describe('wrapText', () => {
  it('breaks between words', () => {
    expect(wrapText('one two three four', 9)).toBe('one two\nthree\nfour')
  })

  it('breaks between wide characters, which take two columns, but not before a full stop', () => {
    expect(wrapText('节点磁盘被写满。', 10)).toBe('节点磁盘被\n写满。')
  })

  it('begins no line with a comma or a closing bracket', () => {
    expect(wrapText('已用\uff08九成\uff09\uff0c危险', 10)).toBe('已用\uff08九\n成\uff09\uff0c危险')
  })

  it('leaves a long word whole', () => {
    expect(wrapText('see /a/very/long/path now', 8)).toBe('see\n/a/very/long/path\nnow')
  })

  it('leaves a command whole', () => {
    expect(wrapText('run `du -xsh /mnt` there', 10)).toBe('run\n`du -xsh /mnt`\nthere')
  })

  it('leaves a figure with its unit', () => {
    expect(wrapText('once 19.9 GB less (15 % free), then', 10)).toBe(
      'once\n19.9 GB\nless (15 %\nfree),\nthen',
    )
    expect(wrapText('in 10 Boxes', 6)).toBe('in 10\nBoxes')
  })

  it('indents every line, those after the first more if asked', () => {
    expect(wrapText('one two', 6, '  ')).toBe('  one\n  two')
    expect(wrapText('one two', 6, ' ', '   ')).toBe(' one\n   two')
  })

  it('loses no character but blanks', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 90 }), (text, columns) => {
        const letters = (value: string) => value.replace(/\s/g, '')
        expect(letters(wrapText(text, columns))).toBe(letters(text))
      }),
    )
    expect(columnsOf('a磁')).toBe(3)
  })
})
