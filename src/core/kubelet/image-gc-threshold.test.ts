import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  imageGcBytesToFree,
  imageGcStartsAtAvailableBytes,
  imageGcUsagePercent,
} from './image-gc-threshold.ts'

const GIB = 2 ** 30

describe('image GC arithmetic (semantics §1.4, §1.11)', () => {
  it.each([
    // capacity, available, high, usage, wanted down to 80, starts
    [5, 1000, 600, 90, 40, -400, false],
    [6, 1000, 50, 90, 95, 150, true],
    [7, 1000, 50, 90, 95, 150, true],
    [14, 10 * GIB, GIB / 2, 90, 95, 1_610_612_736, true],
    [16, 100 * GIB, Math.floor(15.9 * GIB), 85, 85, 20 * GIB - Math.floor(15.9 * GIB), true],
    [17, 100 * GIB, 16 * GIB, 85, 84, 4 * GIB, false],
  ])(
    'worked example %d: capacity %d, available %d',
    (_, capacityBytes, availableBytes, high, usage, wanted, starts) => {
      expect(imageGcUsagePercent({ capacityBytes, availableBytes })).toBe(usage)
      expect(imageGcBytesToFree({ capacityBytes, availableBytes }, 80)).toBe(wanted)
      expect(availableBytes <= imageGcStartsAtAvailableBytes(capacityBytes, high)).toBe(starts)
    },
  )

  it('takes the floor of what is available, so that 85 is reached just below 16 % rather than at 15 %', () => {
    const usageAt = (availableBytes: number) => imageGcUsagePercent({ capacityBytes: 10_000, availableBytes })
    expect([1600, 1599, 1500].map(usageAt)).toEqual([84, 85, 85])
  })

  it('takes more available than there is for all of it', () => {
    const glitch = { capacityBytes: 1000, availableBytes: 2000 }
    expect([imageGcUsagePercent(glitch), imageGcBytesToFree(glitch, 80)]).toEqual([0, -800])
  })

  it('reckons in integers, exact where a floating point number is not', () => {
    const usage = { capacityBytes: 9_007_199_254_740_969, availableBytes: 1_441_151_880_758_555 }
    expect(imageGcUsagePercent(usage)).toBe(85)
    expect(imageGcBytesToFree({ capacityBytes: 9_007_199_254_740_980, availableBytes: 0 }, 80)).toBe(
      1_801_439_850_948_196,
    )
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
