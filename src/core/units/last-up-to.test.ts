import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lastUpTo } from './last-up-to.ts'

it('finds what a search from the end finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.integer({ min: -1, max: 21 }),
      (numbers, value) => {
        const items = numbers.toSorted((a, b) => a - b)
        expect(lastUpTo(items, (item) => item, value)).toBe(items.findLastIndex((item) => item <= value))
      },
    ),
  )
})
