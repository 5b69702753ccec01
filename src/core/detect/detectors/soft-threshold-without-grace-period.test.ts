import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { softThresholdWithoutGracePeriod } from './soft-threshold-without-grace-period.ts'

describe('soft-threshold-without-grace-period', () => {
  const soft = (evictionSoft: object, evictionSoftGracePeriod?: unknown) =>
    sentences(softThresholdWithoutGracePeriod, configuredNode({ evictionSoft, evictionSoftGracePeriod }))

  it('names what a kubelet refuses', () => {
    expect(
      soft({ 'nodefs.available': '15%', 'memory.available': '1Gi' }, { 'memory.available': '2m' }),
    ).toEqual([
      'evictionSoft has nodefs.available, for which evictionSoftGracePeriod has no grace period: a kubelet refuses to start with that, so that this one would not come back from a restart. Set one there, such as 2m, for each.',
    ])
    expect(soft({ 'nodefs.available': '15%' })).toHaveLength(1)
  })

  it('is quiet about 0%, which is no threshold, and about periods that cannot be read', () => {
    expect(soft({ 'nodefs.available': '0%' })).toEqual([])
    expect(soft({ 'nodefs.available': '15%' }, { 'nodefs.available': 'soon' })).toEqual([])
  })
})
