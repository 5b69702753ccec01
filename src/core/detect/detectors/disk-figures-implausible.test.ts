import { describe, expect, it } from 'vitest'
import { nodeView, sentences } from '../node-view.contract.ts'
import { diskFiguresImplausible } from './disk-figures-implausible.ts'

describe('disk-figures-implausible', () => {
  const reading = {
    at: 10_000,
    capacityBytes: 1e9,
    availableBytes: 5e9,
    usedBytes: 0,
    inodes: 100,
    inodesFree: 200,
  }

  it.each([
    ['no-capacity', 'a capacity of 0 bytes'],
    ['no-size', 'a figure that is no size'],
    ['available-over-capacity', '5.00 GB available and 0 B used of 1.00 GB, which cannot be'],
    ['inodes-free-over-inodes', '200 free inodes of 100, which cannot be'],
  ] as const)('%s', (why, words) => {
    const view = nodeView([500], { implausibleReadings: [{ why, reading }] })
    expect(sentences(diskFiguresImplausible, view)).toEqual([expect.stringContaining(words)])
  })

  it('says by how much the clock went back, once for each kind', () => {
    const back = { why: 'clock-went-back' as const, reading }
    const view = nodeView([500], {
      implausibleReadings: [
        { ...back, after: 11_000 },
        { ...back, after: 3_610_000 },
      ],
    })
    expect(sentences(diskFiguresImplausible, view)).toEqual([expect.stringContaining('went back by 3600 s')])
  })

  it('is quiet otherwise', () => {
    expect(sentences(diskFiguresImplausible, nodeView([500]))).toEqual([])
  })
})
