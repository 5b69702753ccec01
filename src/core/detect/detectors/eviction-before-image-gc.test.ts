import { describe, expect, it } from 'vitest'
import { configuredNode, dedicatedImages, DEFAULT_HARD, sentences } from '../node-view.contract.ts'
import { evictionBeforeImageGc } from './eviction-before-image-gc.ts'

describe('eviction-before-image-gc', () => {
  const hard = (more: object) => ({ evictionHard: { ...DEFAULT_HARD, ...more } })
  const soft = (grace: string) => ({
    evictionHard: DEFAULT_HARD,
    evictionSoft: { 'imagefs.available': '20%' },
    evictionSoftGracePeriod: { 'imagefs.available': grace },
  })

  it('says at which level everything goes at once, and up to where collection comes first', () => {
    expect(sentences(evictionBeforeImageGc, configuredNode(hard({ 'imagefs.available': '20%' })))).toEqual([
      'Eviction starts at 20 % free (200 MB) (imagefs.available), no later than image garbage collection (below 16 % free (160 MB)): so the kubelet deletes every idle image at once, whatever imageGCLowThresholdPercent says, and evicts pods if that is not enough. Set imagefs.available to less than 16%, or imageGCHighThresholdPercent to at most 80 with imageGCLowThresholdPercent below it.',
    ])
  })

  it.each([
    ['equal levels', hard({ 'imagefs.available': '16%' }), {}, 'at most 84'],
    ['nodefs.available on one disk', hard({ 'nodefs.available': '200Mi' }), {}, '200Mi free (210 MB)'],
    [
      'percentages of a disk of unknown size',
      hard({ 'imagefs.available': '30%' }),
      dedicatedImages,
      '30 % free (i',
    ],
    ['a soft threshold that acts before the next pass', soft('90s'), {}, 'Soft eviction starts at 20 % free'],
  ])('sees %s', (_, configuration, more, words) => {
    expect(sentences(evictionBeforeImageGc, configuredNode(configuration, more))).toEqual([
      expect.stringContaining(words),
    ])
  })

  it.each([
    ['the defaults', hard({}), {}],
    ['a soft threshold that lets a pass come first', soft('5m'), {}],
    ['nodefs.available of another disk', hard({ 'nodefs.available': '30%' }), dedicatedImages],
    ['a quantity on a disk of unknown size', hard({ 'imagefs.available': '900Mi' }), dedicatedImages],
    ['no collection', { ...hard({ 'imagefs.available': '20%' }), imageGCHighThresholdPercent: 100 }, {}],
  ])('is quiet about %s', (_, configuration, more) => {
    expect(sentences(evictionBeforeImageGc, configuredNode(configuration, more))).toEqual([])
  })
})
