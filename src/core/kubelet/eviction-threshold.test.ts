import { describe, expect, it } from 'vitest'
import { evictionThresholdQuantity } from './eviction-threshold.ts'

describe('evictionThresholdQuantity (semantics §3.2)', () => {
  it.each([
    // threshold, capacity, what the kubelet itself printed in a recording
    ['10%', 3_094_126_592, 309_412_663],
    ['12%', 3_094_126_592, 371_295_182],
    ['100Mi', 3_094_126_592, 104_857_600],
    ['5%', 196_608, 9830],
  ])('%s of %d is %d, a percentage divided in a 32-bit float', (threshold, capacity, quantity) => {
    expect(evictionThresholdQuantity(threshold, capacity)).toBe(quantity)
  })

  it.each(['0%', '100%', '', 'much', '-5%', '0'])('%j is no threshold', (threshold) => {
    expect(evictionThresholdQuantity(threshold, 1000)).toBeUndefined()
  })
})
