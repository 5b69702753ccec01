import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neutraliseText } from './neutralise-text.ts'

describe('neutraliseText', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', '\ufffd[31mred\ufffd[0m'],
    ['a\u202egnp.exe', 'a\ufffdgnp.exe'],
    ['two\r\nlines\tand a tab', 'two\nlines and a tab'],
    ['in\u00advisible\u{e0041}', 'in\ufffdvisible\ufffd'],
    ['磁盘 — fine', '磁盘 — fine'],
  ])('%j', (text, neutral) => {
    expect(neutraliseText(text)).toBe(neutral)
  })

  it('leaves nothing that a terminal obeys', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex
        expect(neutraliseText(text)).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
        )
      }),
    )
  })
})
