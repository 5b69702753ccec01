import { describe, expect, it } from 'vitest'
import { nodeView } from '../../detect/node-view.contract.ts'
import type { FoldedFact } from '../../explain/facts/fact.ts'
import { Pod } from '../../kubernetes/pod.ts'
import type { NodeView } from '../../observe/node-view.ts'
import { presentImages } from './present-images.ts'

const LISTED_AT = 1000
const images = {
  value: [{ id: 'sha256:a', names: ['lab.local/a:1'] }, { names: ['lab.local/b:1'] }],
  source: 'test',
  observedAt: LISTED_AT,
}
const fact = (id: FoldedFact['id'], imageId: string, at: number, from: FoldedFact['from'] = 'kubelet') =>
  ({ id, from, fields: { imageId }, lastAt: at }) as unknown as FoldedFact
const podAt = (observedAt: number, ready: boolean): NonNullable<NodeView['pods']> => ({
  value: [
    Pod.parse({
      metadata: { name: 'p', namespace: 'd', uid: 'p' },
      spec: { containers: [{ name: 'c', image: 'lab.local/a:1' }] },
      status: { containerStatuses: [{ name: 'c', image: 'lab.local/a:1', ready }] },
    }),
  ],
  source: 'test',
  observedAt,
})

describe('presentImages', () => {
  it.each<[string, Partial<NodeView>, string[]]>([
    ['nothing was removed', {}, ['a', 'b']],
    ['one was removed after the list', { facts: [fact('image-gc-removed-image', 'sha256:a', 1001)] }, ['b']],
    ['one was removed before', { facts: [fact('image-gc-removed-image', 'sha256:a', 1000)] }, ['a', 'b']],
    [
      'its id is known by a name',
      {
        facts: [fact('image-gc-removed-image', 'sha256:b', 1001)],
        imageNames: { 'sha256:b': ['lab.local/b:1'] },
      },
      ['a'],
    ],
    [
      'the removal failed',
      {
        facts: [
          fact('image-delete-failed', 'sha256:a', 1002),
          fact('image-gc-removed-image', 'sha256:a', 1001),
        ],
      },
      ['a', 'b'],
    ],
    [
      'an earlier removal failed',
      {
        facts: [
          fact('image-delete-failed', 'sha256:a', 1002),
          fact('image-gc-removed-image', 'sha256:a', 1003),
        ],
      },
      ['b'],
    ],
    [
      'a container runs from it again',
      { facts: [fact('image-gc-removed-image', 'sha256:a', 1001)], pods: podAt(1002, true) },
      ['a', 'b'],
    ],
    [
      'a container cannot start from it',
      { facts: [fact('image-gc-removed-image', 'sha256:a', 1001)], pods: podAt(1002, false) },
      ['b'],
    ],
    [
      'a container ran from it before',
      { facts: [fact('image-gc-removed-image', 'sha256:a', 1003)], pods: podAt(1002, true) },
      ['b'],
    ],
    [
      'someone else than the kubelet says so',
      { facts: [fact('image-gc-removed-image', 'sha256:a', 1001, 'unknown')] },
      ['a', 'b'],
    ],
  ])('%s', (_, more, present) => {
    const names = presentImages(nodeView([500], { images, ...more })).map((image) => image.names[0])
    expect(names).toEqual(present.map((name) => `lab.local/${name}:1`))
  })
})
