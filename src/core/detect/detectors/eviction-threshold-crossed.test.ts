import { describe, expect, it } from 'vitest'
import { runDetector } from '../detector.ts'
import { nodeView } from '../node-view.contract.ts'
import { evictionThresholdCrossed } from './eviction-threshold-crossed.ts'

const signals = (available: number) =>
  runDetector(evictionThresholdCrossed, nodeView([500, available])).map(
    ({ message }) => (message.params as { signal: string }).signal,
  )

describe('eviction-threshold-crossed', () => {
  it.each([
    [151, []],
    [149, ['imagefs.available']],
    [99, ['imagefs.available', 'nodefs.available']],
  ])('%d MB available of 1,000', (available, crossed) => {
    expect(signals(available)).toEqual(crossed)
  })

  it('sees inodes run out', () => {
    const view = nodeView([500])
    const [reading] = view.readings
    const found = runDetector(evictionThresholdCrossed, {
      ...view,
      readings: reading ? [{ ...reading, inodesFree: 49 }] : [],
    })
    expect(found).toMatchObject([
      {
        severity: 'critical',
        node: 'n1',
        message: { params: { signal: 'nodefs.inodesFree', unit: 'inodes', below: 50 } },
      },
    ])
  })

  it('claims nothing while the settings of the kubelet are unknown', () => {
    const { kubeletConfiguration: _, ...view } = nodeView([1])
    expect(runDetector(evictionThresholdCrossed, view)).toEqual([])
  })
})
