import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseAmongTied } from './tied-choice.ts'

const images = (sizes: readonly number[]) =>
  sizes.map((sizeBytes, index) => ({
    id: String(index),
    sizeBytes,
    firstDetected: 0,
    lastUsed: 0,
    isInUse: false,
  }))

/** What the kubelet's loop takes when they come in this order. */
function takenOf<T extends { sizeBytes: number }>(some: readonly T[], wanted: number): readonly T[] {
  let bytes = 0
  const last = some.findIndex(({ sizeBytes }) => (bytes += sizeBytes) >= wanted)
  return last === -1 ? some : some.slice(0, last + 1)
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

describe('chooseAmongTied (semantics §1.6, §1.8)', () => {
  it.each([
    // sizes, wanted, those that go in every order, and of the others how many, and bytes
    [[10, 20, 30], 25, [], { min: 1, max: 2 }, { min: 30, max: 50 }],
    [[10, 20, 30], 0, [], { min: 1, max: 1 }, { min: 10, max: 30 }],
    // Without the largest the others are not enough; without another one there may be enough.
    [[10, 20, 30], 31, [30], { min: 1, max: 2 }, { min: 10, max: 30 }],
    [[2, 3, 106, 169], 277, [106, 169], { min: 1, max: 2 }, { min: 2, max: 5 }],
    // The two largest are just enough.
    [[10, 20, 30], 50, [20, 30], { min: 0, max: 1 }, { min: 0, max: 10 }],
    // One that frees nothing by the kubelet's accounting may come first all the same.
    [[0, 30], 30, [30], { min: 0, max: 1 }, { min: 0, max: 0 }],
  ])('of %j for %d', (sizes, wanted, sure, count, bytes) => {
    const { certain, open } = chooseAmongTied(images(sizes), wanted)
    expect(certain.map(({ sizeBytes }) => sizeBytes)).toEqual(sure)
    expect(open).toMatchObject({ count, bytes })
  })

  it.each([
    [[10, 20, 30], 51],
    [[10, 20, 30], 60],
    [[10], 0],
    [[10], 99],
  ])('takes all of %j for %d in every order', (sizes, wanted) => {
    expect(chooseAmongTied(images(sizes), wanted)).toEqual({ certain: images(sizes), open: undefined })
  })

  it('knows the exact bytes of up to fourteen, and bounds of more', () => {
    const bytesOf = (count: number, wanted: number) =>
      chooseAmongTied(images(Array.from({ length: count }, () => 10)), wanted).open?.bytes
    expect(bytesOf(14, 25)).toEqual({ min: 30, max: 30 })
    expect(bytesOf(15, 25)).toEqual({ min: 25, max: 34 })
    // The first one goes even when nothing is wanted.
    expect(bytesOf(15, 0)).toEqual({ min: 10, max: 10 })
  })

  it('says nothing that some order contradicts, also of more than can be tried', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 24 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 8000 }), (some, wanted) => {
        const { certain, open } = chooseAmongTied(images(some), wanted)
        const ascending = images(some).toSorted((a, b) => a.sizeBytes - b.sizeBytes)
        for (const order of [images(some), ascending, ascending.toReversed()]) {
          const taken = takenOf(order, wanted)
          expect(taken).toEqual(expect.arrayContaining([...certain]))
          const more = taken.filter(({ id }) => !certain.some((image) => image.id === id))
          const bytes = sumOf(more.map(({ sizeBytes }) => sizeBytes))
          expect(more.length).toBeGreaterThanOrEqual(open?.count.min ?? 0)
          expect(more.length).toBeLessThanOrEqual(open?.count.max ?? 0)
          expect(bytes).toBeGreaterThanOrEqual(open?.bytes.min ?? 0)
          expect(bytes).toBeLessThanOrEqual(open?.bytes.max ?? 0)
        }
      }),
    )
  })

  it('knows the exact number of many: as many as it takes of the largest, and of the smallest', () => {
    const sizes = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(chooseAmongTied(images(sizes), 39).open).toMatchObject({
      count: { min: 2, max: 9 },
      bytes: { min: 39, max: 58 },
    })
  })
})
