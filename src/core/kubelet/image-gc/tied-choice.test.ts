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
function takenOf(sizes: readonly number[], wanted: number): { count: number; bytes: number } {
  let bytes = 0
  let count = 0
  for (const size of sizes) {
    bytes += size
    count++
    if (bytes >= wanted) break
  }
  return { count, bytes }
}

describe('chooseAmongTied (semantics §1.6, §1.8)', () => {
  it.each([
    // sizes, wanted, how many go, and bytes
    [[10, 20, 30], 25, { min: 1, max: 2 }, { min: 30, max: 50 }],
    [[10, 20, 30], 60, { min: 3, max: 3 }, { min: 60, max: 60 }],
    [[10, 20, 30], 0, { min: 1, max: 1 }, { min: 10, max: 30 }],
    [[10], 0, { min: 1, max: 1 }, { min: 10, max: 10 }],
    // The two largest are just enough; one byte more, and all have to go.
    [[10, 20, 30], 50, { min: 2, max: 3 }, { min: 50, max: 60 }],
    [[10, 20, 30], 51, { min: 3, max: 3 }, { min: 60, max: 60 }],
    // One that frees nothing by the kubelet's accounting may come first all the same.
    [[0, 30], 30, { min: 1, max: 2 }, { min: 30, max: 30 }],
  ])('of %j for %d', (sizes, wanted, count, bytes) => {
    expect(chooseAmongTied(images(sizes), wanted)).toMatchObject({ count, bytes })
  })

  it.each([
    [[10, 20, 30], 50, false],
    [[10, 20, 30], 51, true],
    [[10], 0, true],
    [[10], 99, true],
  ])('all of %j for %d: certain is %s', (sizes, wanted, isCertain) => {
    expect(chooseAmongTied(images(sizes), wanted).isCertain).toBe(isCertain)
  })

  it('knows the exact bytes of up to fourteen, and bounds of more', () => {
    const bytesOf = (count: number, wanted: number) =>
      chooseAmongTied(images(Array.from({ length: count }, () => 10)), wanted).bytes
    expect(bytesOf(14, 25)).toEqual({ min: 30, max: 30 })
    expect(bytesOf(15, 25)).toEqual({ min: 25, max: 34 })
    // The first one goes even when nothing is wanted.
    expect(bytesOf(15, 0)).toEqual({ min: 10, max: 10 })
  })

  it('says nothing that some order contradicts, also of more than can be tried', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 24 })
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 8000 }), (some, wanted) => {
        const { count, bytes, isCertain } = chooseAmongTied(images(some), wanted)
        const ascending = some.toSorted((a, b) => a - b)
        for (const order of [some, ascending, ascending.toReversed()]) {
          const taken = takenOf(order, wanted)
          expect(taken.count).toBeGreaterThanOrEqual(count.min)
          expect(taken.count).toBeLessThanOrEqual(count.max)
          expect(taken.bytes).toBeGreaterThanOrEqual(bytes.min)
          expect(taken.bytes).toBeLessThanOrEqual(bytes.max)
          if (isCertain) expect(taken.count).toBe(some.length)
        }
      }),
    )
  })

  it('knows the exact number of many: as many as it takes of the largest, and of the smallest', () => {
    const sizes = Array.from({ length: 20 }, (_, index) => index + 1)
    expect(chooseAmongTied(images(sizes), 39).count).toEqual({ min: 2, max: 9 })
    expect(chooseAmongTied(images(sizes), 39).bytes).toEqual({ min: 39, max: 58 })
  })
})
