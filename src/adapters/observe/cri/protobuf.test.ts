import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MalformedMessage, readMessage, writeMessage, type MessageShape } from './protobuf.ts'

const SHAPE: MessageShape = {
  1: ['text', 'string'],
  2: ['flag', 'boolean'],
  3: ['texts', 'strings'],
  4: ['inner', { message: { 1: ['text', 'string'] } }],
  5: ['number', 'number'],
  6: ['map', 'map'],
  7: ['inners', { messages: { 1: ['text', 'string'] } }],
}

it('reads what it wrote', () => {
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(text, fc.boolean(), text, (one, flag, inner) => {
      const bytes = writeMessage({ 1: one, 2: flag, 4: writeMessage({ 1: inner }), 99: 'not asked for' })
      expect(readMessage(bytes, SHAPE)).toEqual({ text: one, flag, inner: { text: inner } })
    }),
  )
})

it.each([
  ['150 in two bytes', [0x28, 0x96, 0x01], { number: 150 }],
  ['a negative number in ten', [0x28, ...Array.from({ length: 9 }, () => 0xff), 0x01], { number: -1 }],
  ['the last of two', [0x28, 1, 0x28, 2], { number: 2 }],
  ['all of a list', [0x1a, 1, 0x61, 0x1a, 1, 0x62], { texts: ['a', 'b'] }],
  ['a map', [0x32, 6, 0x0a, 1, 0x6b, 0x12, 1, 0x76], { map: new Map([['k', 'v']]) }],
  ['messages', [0x3a, 3, 0x0a, 1, 0x61, 0x3a, 0], { inners: [{ text: 'a' }, {}] }],
  [
    'unknown fixed fields passed over',
    [0x51, 1, 2, 3, 4, 5, 6, 7, 8, 0x55, 1, 2, 3, 4, 0x28, 7],
    { number: 7 },
  ],
])('reads %s', (_, bytes, message) => {
  expect(readMessage(Uint8Array.from(bytes), SHAPE)).toEqual(message)
})

it.each([
  ['a text longer than the message', [0x0a, 5, 0x61]],
  ['a number without an end', [0x28, 0xff]],
  ['a number of eleven bytes', [0x28, ...Array.from({ length: 11 }, () => 0xff)]],
  ['a text where a number belongs', [0x2a, 1, 0x61]],
  ['a cut fixed number', [0x51, 1]],
  ['an unknown wire type', [0x57]],
])('refuses %s', (_, bytes) => {
  expect(() => readMessage(Uint8Array.from(bytes), SHAPE)).toThrow(MalformedMessage)
})

it('reads any bytes as a message or refuses them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readMessage(bytes, SHAPE)
      } catch (failure) {
        expect(failure).toBeInstanceOf(MalformedMessage)
      }
    }),
  )
})
