import { describe, expect, it } from 'vitest'
import type { FactFields, FoldedFact } from '../explain/facts/fact.ts'
import type { FactId } from '../explain/facts/vocabulary.ts'
import { episodes } from './episodes.ts'
import { traceCauses } from './trace-causes.ts'

function fact(id: FactId, order: number, fields: FactFields, subject = ''): FoldedFact {
  const source = { file: 'log', line: order }
  return {
    id,
    at: order,
    atText: null,
    order,
    isCoarse: false,
    node: 'n1',
    source,
    from: 'kubelet',
    fields,
    subject,
    raw: '',
    count: 1,
    firstAt: order,
    lastAt: order,
    lastOrder: order,
    evidence: [{ ...source, at: order, order }],
  }
}

const MANY = 2000
const names = new Map(Array.from({ length: MANY }, (_, index) => [`id${index}`, [`r.example/app${index}:1`]]))
const removals = Array.from({ length: MANY }, (_, index) =>
  fact('image-gc-removed-image', 1000 + index, { imageId: `id${index}` }, `id${index}`),
)
const pull = (image: string) =>
  fact('image-pull-failed-network', 100_000, { image, pod: { namespace: 'a', name: 'b' } }, image)

const traced = (facts: readonly FoldedFact[], id: FactId) =>
  traceCauses(episodes(facts), names).find(({ fact: { id: found } }) => found === id)

describe('traceCauses', () => {
  it('finds the image that is asked for among the thousands that a node lost', () => {
    const found = traced([...removals, pull('r.example/app0:1')], 'image-pull-failed-network')
    expect(found).toMatchObject({ rule: 'removed-image-is-gone', certainty: 'stated', cause: 'image-lost' })
  })

  it('takes the registry for the cause when the image was not among them', () => {
    const found = traced([...removals, pull('r.example/other:1')], 'image-pull-failed-network')
    expect(found).toMatchObject({ cause: 'registry-unreachable' })
  })

  it('infers it when a removal does not say of what', () => {
    const unnamed = fact('image-gc-removed-image', 50, { imageId: 'id-of-no-name' }, 'id-of-no-name')
    const found = traced([unnamed, ...removals, pull('r.example/other:1')], 'image-pull-failed-network')
    expect(found).toMatchObject({ rule: 'removed-image-is-gone', certainty: 'inferred' })
  })

  it('tells the evicted pod that left a directory from thousands of others', () => {
    const evicted = Array.from({ length: MANY }, (_, index) =>
      fact(
        'pod-evicted',
        1000 + index,
        {
          resource: 'ephemeral-storage',
          pods: [{ namespace: 'a', name: `p${index}`, uid: `uid${index}` }],
        },
        `uid${index}`,
      ),
    )
    const left = fact('orphaned-pod-volumes', 100_000, { podUid: 'uid0' }, 'uid0')
    expect(traced([...evicted, left], 'orphaned-pod-volumes')).toMatchObject({
      rule: 'evicted-pod-leaves-directory',
      cause: 'disk-filled',
    })
    const stranger = fact('orphaned-pod-volumes', 100_000, { podUid: 'none' }, 'none')
    expect(traced([...evicted, stranger], 'orphaned-pod-volumes')).toMatchObject({
      cause: 'orphaned-pod-directory',
    })
  })
})
