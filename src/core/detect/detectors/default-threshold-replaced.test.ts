import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, dedicatedImages, sentences } from '../node-view.contract.ts'
import { defaultThresholdReplaced } from './default-threshold-replaced.ts'

describe('default-threshold-replaced', () => {
  const without = (imagefs?: string) => {
    const { 'imagefs.available': _, ...rest } = DEFAULT_HARD
    return { evictionHard: imagefs === undefined ? rest : { ...rest, 'imagefs.available': imagefs } }
  }

  it('says by how much later eviction starts', () => {
    expect(sentences(defaultThresholdReplaced, configuredNode(without()))).toEqual([
      'evictionHard leaves out or switches off imagefs.available < 15%, and images share this disk: eviction starts at 10 % free (100 MB) (nodefs.available), not at 15 % free (150 MB). If that is not meant, add it.',
    ])
    const mergeable = configuredNode(without(), { kubeletVersion: 'v1.34.0' })
    expect(sentences(defaultThresholdReplaced, mergeable)).toEqual([
      expect.stringContaining('mergeDefaultEvictionSettings'),
    ])
  })

  it.each([
    ['the defaults', { evictionHard: DEFAULT_HARD }, {}],
    ['a lower threshold that someone chose', without('5%'), {}],
    ['images on another disk', without(), dedicatedImages],
    ['a higher threshold in its place', { evictionHard: { 'nodefs.available': '20%' } }, {}],
  ])('is quiet about %s', (_, configuration, more) => {
    expect(sentences(defaultThresholdReplaced, configuredNode(configuration, more))).toEqual([])
  })
})
