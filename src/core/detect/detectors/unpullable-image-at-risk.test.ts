import { describe, expect, it } from 'vitest'
import type { PullableReason } from '../../observe/pullability.ts'
import type { ObservedImage } from '../../observe/observation.ts'
import { podOf, running } from '../container.contract.ts'
import { nodeView, sentences, twoDisks } from '../node-view.contract.ts'
import { unpullableImageAtRisk } from './unpullable-image-at-risk.ts'

const STATES: Partial<Record<PullableReason, 'yes' | 'no'>> = { found: 'yes', missing: 'no' }
const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
const image = (name: string, megabytes: number): ObservedImage => ({
  names: [name],
  reportedBytes: megabytes * 1e6,
})
const known = {
  images: part([image('lab.local/web:1', 10), image('lab.local/old:1', 20), image('lab.local/older:1', 30)]),
  pods: part([podOf('a', 'lab.local/web:1', running(''))]),
}

describe('unpullable-image-at-risk', () => {
  it('names the idle ones, and says that what is not known counts as lost', () => {
    expect(sentences(unpullableImageAtRisk, nodeView([190], known))).toEqual([
      '2 idle images of 50 MB may be deleted once 30 MB less are available, in an order that only the kubelet knows: lab.local/older:1, lab.local/old:1. Whether a registry can give them back is not known here, so count them as lost: export those that you need (`ctr -n k8s.io images export`, or `docker save`), or free space first.',
    ])
  })

  it('says so all the more when the level is crossed', () => {
    expect(sentences(unpullableImageAtRisk, nodeView([100], known))).toEqual([
      expect.stringContaining('2 idle images of 50 MB may be deleted at any moment'),
    ])
  })

  it('looks at the filesystem with the images', () => {
    expect(sentences(unpullableImageAtRisk, { ...twoDisks(100, 500), ...known })).toEqual([])
    expect(sentences(unpullableImageAtRisk, { ...twoDisks(500, 100), ...known })).toHaveLength(1)
  })

  it('adds up no sizes that are not all known, and names at most a few', () => {
    const images = part(
      Array.from({ length: 40 }, (_, index): ObservedImage => ({ names: [`old:${index}`] })),
    )
    expect(sentences(unpullableImageAtRisk, nodeView([190], { ...known, images }))).toEqual([
      expect.stringMatching(/^40 idle images may be .*: old:0, old:1, old:2, old:3, old:4 and 35 more\./),
    ])
  })

  it('leaves out what a registry was seen to have, and says of the others why they count as lost', () => {
    const [web, old, older] = known.images.value as [ObservedImage, ObservedImage, ObservedImage]
    const said = (...answers: [ObservedImage, PullableReason][]) => {
      const images = answers.map(([one, why]) => ({
        ...one,
        pullable: { state: STATES[why] ?? 'unknown', why, checkedAt: 0 } as const,
      }))
      return sentences(unpullableImageAtRisk, nodeView([190], { ...known, images: part([web, ...images]) }))
    }
    expect(said([old, 'found'], [older, 'found'])).toEqual([])
    expect(said([old, 'found'], [older, 'missing'])).toEqual([
      expect.stringMatching(
        /^1 idle image of 30 MB .*: lab.local\/older:1\. No registry of this node has them any more: export/,
      ),
    ])
    expect(said([old, 'no-digest'], [older, 'unreachable'])).toEqual([
      expect.stringContaining(
        'Registries are not known to have them (1 without a digest to ask for, 1 without an answer), so count them as lost:',
      ),
    ])
  })

  const used = { ...known, images: part([image('lab.local/web:1', 10), image('<none>:<none>', 20)]) }
  it.each([
    ['plenty of space', nodeView([400], known)],
    ['no idle image that has a name', nodeView([190], used)],
    [
      'a pause image that is pinned',
      nodeView([190], {
        ...known,
        kubeletVersion: 'v1.30.0',
        containerRuntimeVersion: 'containerd://1.7.20',
        images: part([image('registry.k8s.io/pause:3.9', 1)]),
      }),
    ],
    ['unknown pods', nodeView([190], { images: known.images })],
    ['unknown images', nodeView([190], { pods: known.pods })],
    ['no readings', nodeView([], known)],
  ])('is quiet about %s', (_, view) => expect(sentences(unpullableImageAtRisk, view)).toEqual([]))
})
