import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseAmongTied } from './tied-choice.ts'

const images = (sizes: readonly number[]) =>
  sizes.map((sizeBytes, index) => ({ id: String(index), sizeBytes, firstDetected: 0, lastUsed: 0 }))

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
  ])('of %j for %d', (sizes, wanted, count, bytes) => {
    expect(chooseAmongTied(images(sizes), wanted)).toMatchObject({ count, bytes })
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
