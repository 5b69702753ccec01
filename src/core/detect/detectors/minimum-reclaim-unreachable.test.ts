import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { minimumReclaimUnreachable } from './minimum-reclaim-unreachable.ts'

describe('minimum-reclaim-unreachable', () => {
  const reclaim = (minimum: string, more = {}, threshold = '10%') =>
    sentences(
      minimumReclaimUnreachable,
      configuredNode(
        {
          evictionHard: { 'nodefs.available': threshold },
          evictionMinimumReclaim: { 'nodefs.available': minimum },
        },
        more,
      ),
    )

  it('says that together they are all there is', () => {
    expect(reclaim('95%')).toEqual([
      'An eviction for nodefs.available is over only at 10 % free (100 MB) plus the 95% of evictionMinimumReclaim, which together is all there is or more (1.00 GB): one that begins goes on until no pod is left to evict. Set nodefs.available in evictionMinimumReclaim to a few percent, such as 5%.',
    ])
  })

  it.each([
    ['a quantity', '900M', {}, '10%'],
    ['percentages of a disk of unknown size', '90%', { readings: [] }, '10%'],
    ['a quantity and a percentage', '95%', {}, '100M'],
  ])('sees %s', (_, minimum, more, threshold) => {
    expect(reclaim(minimum, more, threshold)).toHaveLength(1)
  })

  it.each([
    ['a few percent', '5%', {}],
    ['zero', '0', {}],
    ['a quantity on a disk of unknown size', '900M', { readings: [] }],
  ])('is quiet about %s', (_, minimum, more) => {
    expect(reclaim(minimum, more)).toEqual([])
  })
})
