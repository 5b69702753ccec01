import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { minimumReclaimUnused } from './minimum-reclaim-unused.ts'

describe('minimum-reclaim-unused', () => {
  const reclaim = (evictionHard: object) =>
    sentences(
      minimumReclaimUnused,
      configuredNode({ evictionHard, evictionMinimumReclaim: { 'nodefs.available': '1Gi' } }),
    )

  it('names the signal that has no threshold', () => {
    expect(reclaim({ 'imagefs.available': '10%' })).toEqual([
      'evictionMinimumReclaim has nodefs.available, for which no threshold is in force: it does nothing. Set a threshold in evictionHard, or take it away.',
    ])
  })

  it('is quiet where there is one, or it cannot be read', () => {
    expect(reclaim({ 'nodefs.available': '10%' })).toEqual([])
    expect(reclaim({ 'nodefs.available': 'ten' })).toEqual([])
  })
})
