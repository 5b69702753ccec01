import { describe, expect, it } from 'vitest'
import { configuredNode, DEFAULT_HARD, dedicatedImages, sentences } from '../node-view.contract.ts'
import { defaultThresholdMissing } from './default-threshold-missing.ts'

describe('default-threshold-missing', () => {
  const hard = (evictionHard: object) => ({ evictionHard })

  it('names the defaults that a map leaves out, and what then runs out', () => {
    expect(sentences(defaultThresholdMissing, configuredNode(hard({ 'nodefs.available': '10%' })))).toEqual([
      'evictionHard leaves out or switches off nodefs.inodesFree < 5%, imagefs.inodesFree < 5%, and no other threshold takes its place: when inodes there runs out, no pod is evicted, and what writes there fails. A map in evictionHard replaces the defaults whole: add what is missing to it.',
    ])
  })

  it.each([
    [
      'imagefs.available of another disk',
      { 'nodefs.available': '10%', 'nodefs.inodesFree': '5%' },
      dedicatedImages,
      'when space or inodes there',
    ],
    [
      'a default that is 0%',
      { ...DEFAULT_HARD, 'nodefs.available': '0%' },
      dedicatedImages,
      'nodefs.available < 10%,',
    ],
    [
      'no default of 1.29',
      { 'nodefs.available': '10%', 'imagefs.available': '15%' },
      { kubeletVersion: 'v1.29.0' },
      'off nodefs.inodesFree < 5%, and',
    ],
    [
      'that 1.33 can merge',
      { 'nodefs.available': '10%' },
      { kubeletVersion: 'v1.33.0' },
      'or set mergeDefaultEvictionSettings: true',
    ],
    ['inodes only, where space has a finding of its own', {}, {}, 'when inodes there'],
  ])('sees %s', (_, evictionHard, more, words) => {
    expect(sentences(defaultThresholdMissing, configuredNode(hard(evictionHard), more))).toEqual([
      expect.stringContaining(words),
    ])
  })

  it.each([
    ['the defaults', DEFAULT_HARD, {}],
    [
      'what another threshold watches on the same disk',
      { 'nodefs.available': '5%', 'nodefs.inodesFree': '5%' },
      {},
    ],
    ['an unknown layout', { 'nodefs.available': '5%', 'nodefs.inodesFree': '5%' }, { summaries: [] }],
    ['a map that cannot be read', { 'nodefs.available': 'ten' }, dedicatedImages],
  ])('is quiet about %s', (_, evictionHard, more) => {
    expect(sentences(defaultThresholdMissing, configuredNode(hard(evictionHard), more))).toEqual([])
  })
})
