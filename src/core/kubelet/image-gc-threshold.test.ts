import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  imageGcBytesToFree,
  imageGcStartsAtAvailableBytes,
  imageGcUsagePercent,
} from './image-gc-threshold.ts'

const GIB = 2 ** 30

describe('image GC arithmetic (semantics §1.11)', () => {
  it.each([
    // capacity, available, high, usage, starts — worked examples 5, 6, 16 and 17
    [1000, 600, 90, 40, false],
    [1000, 50, 90, 95, true],
    [100 * GIB, 15.9 * GIB, 85, 85, true],
    [100 * GIB, 16 * GIB, 85, 84, false],
  ])('capacity %d, available %d', (capacityBytes, available, high, usage, starts) => {
    const availableBytes = Math.floor(available)
    expect(imageGcUsagePercent({ capacityBytes, availableBytes })).toBe(usage)
    expect(availableBytes <= imageGcStartsAtAvailableBytes(capacityBytes, high)).toBe(starts)
  })

  it('wants what the kubelet of a recording wanted', () => {
    const space = { capacityBytes: 3_094_126_592, availableBytes: 309_399_552 }
    expect(imageGcUsagePercent(space)).toBe(91)
    expect(imageGcBytesToFree(space, 80)).toBe(309_425_766)
  })

  it('knows no percentage of nothing', () => {
    expect(imageGcUsagePercent({ capacityBytes: 0, availableBytes: 0 })).toBeUndefined()
  })

  it('starts exactly at and below the level it names', () => {
    const capacity = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(capacity, fc.integer({ min: 1, max: 99 }), (capacityBytes, high) => {
        const level = imageGcStartsAtAvailableBytes(capacityBytes, high)
        expect(imageGcUsagePercent({ capacityBytes, availableBytes: level })).toBeGreaterThanOrEqual(high)
        if (level + 1 <= capacityBytes) {
          expect(imageGcUsagePercent({ capacityBytes, availableBytes: level + 1 })).toBeLessThan(high)
        }
      }),
    )
  })
})
