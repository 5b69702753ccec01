import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, dedicatedImages, sentences } from '../node-view.contract.ts'
import { softThresholdNotFirst } from './soft-threshold-not-first.ts'

describe('soft-threshold-not-first', () => {
  const soft = (signal: string, setting: string, more = {}) =>
    sentences(
      softThresholdNotFirst,
      configuredNode({ evictionHard: DEFAULT_HARD, evictionSoft: { [signal]: setting } }, more),
    )

  it('names the hard threshold that acts first, on one disk that of the other signal, too', () => {
    expect(soft('nodefs.available', '12%')).toEqual([
      'The soft threshold nodefs.available (12 % free (120 MB)) is not above the hard one imagefs.available (15 % free (150 MB)), which acts first and without grace: the soft one never does. Set it above 15%, or take it away.',
    ])
    expect(soft('nodefs.inodesFree', '5%')).toEqual([
      expect.stringContaining('5 % of inodes free (50 inodes)'),
    ])
    expect(soft('imagefs.available', '10%', dedicatedImages)).toHaveLength(1)
  })

  it('is quiet about one that is above, on its own disk or on the shared one', () => {
    expect(soft('nodefs.available', '12%', dedicatedImages)).toEqual([])
    expect(soft('nodefs.available', '20%')).toEqual([])
    expect(soft('nodefs.available', '5Gi', { readings: [] })).toEqual([])
  })
})
