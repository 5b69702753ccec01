import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isWithin, shownPath } from './byte-path.ts'

const bytesOf = (text: string) => Buffer.from(text).toString('latin1')

it.each([
  ['plain', '/var/lib', '/var/lib'],
  ['UTF-8', bytesOf('/数据/ü'), '/数据/ü'],
  ['no UTF-8', '/a\xff\xfeb', '/a\\xff\\xfeb'],
  ['a broken sequence', '/\xe6\x95', '/\\xe6\\x95'],
  ['control characters', '/a\n\x1b[31m\x7f', '/a\\x0a\\x1b[31m\\x7f'],
])('shows %s', (_, path, shown) => {
  expect(shownPath(path)).toBe(shown)
})

it('never shows a control character, and shows all text that is UTF-8 without one as it is', () => {
  const bytes = fc.uint8Array({ maxLength: 64 })
  fc.assert(
    fc.property(bytes, (any) => {
      // oxlint-disable-next-line no-control-regex -- these are what it is about
      expect(shownPath(Buffer.from(any).toString('latin1'))).not.toMatch(/[\x00-\x1f\x7f-\x9f]/)
    }),
  )
})

it.each([
  ['/a/b', '/a', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/anything', '/', true],
  ['/', '/a', false],
])('whether %s is within %s', (path, directory, expected) => {
  expect(isWithin(path, directory)).toBe(expected)
})
