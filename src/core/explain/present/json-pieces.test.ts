import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPieces, MadeWhenWritten } from './json-pieces.ts'

describe('jsonPieces', () => {
  it('writes a document, whatever of it is made when it is written', () => {
    const { document } = fc.letrec<{ document: Plain }>((tie) => ({
      document: fc.oneof(
        { depthSize: 'small' },
        fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('document'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('document'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(document, (plain) => {
        expect(JSON.parse([...jsonPieces(deferred(plain))].join(''))).toEqual(plain)
      }),
    )
  })

  it('makes a member when what comes before it is written', () => {
    const made: number[] = []
    const pieces = jsonPieces(MadeWhenWritten.of([1, 2, 3], (member) => made.push(member)))
    pieces.next()
    pieces.next()
    expect(made).toEqual([1])
  })

  it('leaves out what is undefined, and writes an empty list as one', () => {
    const document = { none: undefined, list: MadeWhenWritten.of([], () => 0), text: 'a\nb' }
    expect([...jsonPieces(document)].join('')).toBe('{\n  "list": [],\n  "text": "a\\nb"\n}')
  })

  it('writes a line for each member that is made when it is written', () => {
    const list = MadeWhenWritten.of([1, 2], (member) => ({ member, of: [1, 2] }))
    expect([...jsonPieces({ list, other: { a: 1 } })].join('').split('\n')).toEqual([
      '{',
      '  "list": [',
      '    {"member":1,"of":[1,2]},',
      '    {"member":2,"of":[1,2]}',
      '  ],',
      '  "other": {"a":1}',
      '}',
    ])
  })
})

type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain }

/** Defers every list that can be: those below nothing but objects' fields and deferred lists. */
function deferred(plain: Plain): unknown {
  if (Array.isArray(plain)) return MadeWhenWritten.of(plain, deferred)
  if (typeof plain !== 'object' || plain === null) return plain
  const fields = Object.entries(plain).map(([name, field]) => [name, deferred(field)] as const)
  const isNested = fields.some(
    ([, field]) => typeof field === 'object' && !(field instanceof MadeWhenWritten),
  )
  return isNested ? plain : Object.fromEntries(fields)
}
