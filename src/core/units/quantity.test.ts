import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatQuantity, parseMilliQuantity, parseQuantity } from './quantity.ts'

describe('quantities', () => {
  it.each([
    // text, whole units, thousandths
    ['0', 0, 0],
    ['1', 1, 1000],
    ['100m', 1, 100],
    ['1500m', 2, 1500],
    ['0.1', 1, 100],
    ['.5', 1, 500],
    ['2.', 2, 2000],
    ['1.1', 2, 1100],
    ['1e3', 1000, 1_000_000],
    ['1E3', 1000, 1_000_000],
    ['1E', 1e18, 1e21],
    ['25e-3', 1, 25],
    ['1n', 1, 1],
    ['1500u', 1, 2],
    ['0.0005', 1, 1],
    ['1Gi', 2 ** 30, 2 ** 30 * 1000],
    ['1.5Ti', 1.5 * 2 ** 40, 1.5 * 2 ** 40 * 1000],
    ['1k', 1000, 1_000_000],
    ['24581700Ki', 24_581_700 * 1024, 24_581_700 * 1_024_000],
    ['-100m', -0, -100],
  ])('%s', (text, units, thousandths) => {
    expect(parseQuantity(text)).toBe(units)
    expect(parseMilliQuantity(text)).toBe(thousandths)
  })

  it.each(['', ' ', '1 Gi', '1K', '1gi', 'm', '1mm', '0x1', '1e', '1_000', '1,5', '1e999', 'NaN', '٣'])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined()
      expect(parseMilliQuantity(text)).toBeUndefined()
    },
  )

  it('counts thousandths as whole numbers do, rounded up', () => {
    const decimals = fc.integer({ min: 0, max: 9 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), decimals, (mantissa, places) => {
        const digits = mantissa.toString().padStart(places + 1, '0')
        const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
        const divisor = 10n ** BigInt(places)
        const exact = (mantissa * 1000n + divisor - 1n) / divisor
        expect(parseMilliQuantity(text)).toBe(Number(exact))
      }),
    )
  })
})

it.each([
  [0, '0'],
  [1000, '1000'],
  [1024, '1Ki'],
  [1536 * 1024, '1536Ki'],
  [3 * 2 ** 30, '3Gi'],
])('%d bytes are written as %s', (bytes, text) => {
  expect(formatQuantity(bytes)).toBe(text)
  expect(parseQuantity(text)).toBe(bytes)
})
