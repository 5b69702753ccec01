import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, dedicatedImages, sentences } from '../node-view.contract.ts'
import { imageGcOff } from './image-gc-off.ts'

describe('image-gc-off', () => {
  const off = { imageGCHighThresholdPercent: 100, evictionHard: DEFAULT_HARD }
  const aged = { ...off, imageMaximumGCAge: '168h' }

  it('says when idle images go instead', () => {
    expect(sentences(imageGcOff, configuredNode(off))).toEqual([
      'Image garbage collection by disk usage is off (imageGCHighThresholdPercent 100): idle images stay until an eviction deletes all of them at once, at 15 % free (150 MB) (imagefs.available). If that is not meant, set imageGCHighThresholdPercent to 85.',
    ])
  })

  it.each([
    ['no eviction', { ...off, evictionHard: {} }, {}, 'no eviction deletes them either'],
    ['images elsewhere', off, dedicatedImages, 'at 15 % free (imagefs.available)'],
    ['a maximum age', aged, {}, 'beside images unused for longer than imageMaximumGCAge 168h'],
    [
      'a maximum age in 1.29',
      aged,
      { kubeletVersion: 'v1.29.0' },
      '168h, which does nothing in this version',
    ],
    ['a maximum age before 1.29', aged, { kubeletVersion: 'v1.28.0' }, '100): idle images stay'],
    ['an age of zero', { ...off, imageMaximumGCAge: '0s' }, {}, '100): idle images stay'],
  ])('with %s', (_, configuration, more, words) => {
    expect(sentences(imageGcOff, configuredNode(configuration, more))).toEqual([
      expect.stringContaining(words),
    ])
  })

  it('is quiet where it is on, or not known', () => {
    expect(sentences(imageGcOff, configuredNode({}))).toEqual([])
    expect(sentences(imageGcOff, configuredNode({ imageGCHighThresholdPercent: '100' }))).toEqual([])
  })
})
