import { describe, expect, it } from 'vitest'
import { runDetector } from '../detector.ts'
import { nodeView, sentences, twoDisks } from '../node-view.contract.ts'
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

  it.each([
    [140, 500, []],
    [
      90,
      500,
      [
        "Only 90 MB are available on the filesystem of the kubelet's data, below the hard eviction threshold nodefs.available < 10% (100 MB): within ten seconds the kubelet evicts pods (it deletes no image for that: images are on another filesystem).",
      ],
    ],
    [
      500,
      90,
      [
        'Only 90 MB are available on the image filesystem, below the hard eviction threshold imagefs.available < 15% (150 MB): within ten seconds the kubelet deletes every idle image, and if that is not enough it evicts pods.',
      ],
    ],
  ])('tells two disks apart: %d MB for the kubelet, %d MB for images', (nodefs, imagefs, said) => {
    expect(sentences(evictionThresholdCrossed, twoDisks(nodefs, imagefs))).toEqual(said)
  })

  it('claims nothing while the settings of the kubelet are unknown', () => {
    const { kubeletConfiguration: _, ...view } = nodeView([1])
    expect(runDetector(evictionThresholdCrossed, view)).toEqual([])
  })
})
