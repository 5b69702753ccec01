import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText, utf8Bytes } from './cut-text.ts'
import { markUp, plain } from './mark-up.ts'
import type { NoticeText } from './notice-text.ts'

const text = (paragraphs: readonly string[]): NoticeText => ({
  status: 'OPENED · critical',
  title: 'n1 · disk-filled',
  paragraphs,
  details: [{ label: 'Since', text: 'then' }],
  whatToDo: { label: 'What to do', steps: ['look', 'act'] },
  link: { label: 'Open', url: 'https://x.example/' },
})

describe('a marked-up notice', () => {
  it('says what happened, what to do, what is known and where to look', () => {
    expect(markUp(text(['It is full.']), plain, 'en', { most: 1000 })).toBe(
      'OPENED · critical · n1 · disk-filled\n\nIt is full.\n\nWhat to do\n1. look\n2. act\n\nSince: then\n\nOpen: https://x.example/',
    )
  })

  it('keeps to its room in bytes, and to its link', () => {
    const paragraphs = fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 30 })
    fc.assert(
      fc.property(paragraphs, fc.integer({ min: 200, max: 3000 }), (said, most) => {
        const made = markUp(text(said), plain, 'zh-CN', { most, sizeOf: utf8Bytes })
        expect(utf8Bytes(made)).toBeLessThanOrEqual(most)
        expect(made.endsWith('Open: https://x.example/')).toBe(true)
      }),
    )
  })
})

describe('cutting', () => {
  it('counts bytes as an encoder does, and cuts no character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 50 }), (any, most) => {
        expect(utf8Bytes(any)).toBe(Buffer.byteLength(any))
        const cut = cutText(any, most, '…', utf8Bytes)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most)
        expect(Buffer.from(cut).toString()).toBe(cut)
      }),
    )
  })
})
