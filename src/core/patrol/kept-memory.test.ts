import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ObservedImage } from '../observe/observation.ts'
import { nodeChanges } from './kept-memory.ts'
import type { NodeMemory } from './memory.ts'

const image = (id: string, reportedBytes = 1): ObservedImage => ({ id, names: [`${id}:1`], reportedBytes })

function node(images: readonly ObservedImage[]): Record<string, NodeMemory> {
  const view: NodeMemory['view'] = {
    name: 'a',
    observedAt: 0,
    imageNames: {},
    images: { value: images, source: 'test', observedAt: 0 },
    facts: [],
    summaries: [],
    readings: [],
    history: [],
  }
  return { a: { view, settledAt: null } }
}

it('finds nothing new where a runtime lists the same images in another order', () => {
  const ids = fc.uniqueArray(
    fc.nat().map((number) => number.toString(16)),
    { minLength: 1 },
  )
  const ordered = ids.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(ordered, ([first, second]) => {
      const { footprints } = nodeChanges(new Map(), node(first.map((id) => image(id))))
      expect(nodeChanges(footprints, node(second.map((id) => image(id)))).changed).toEqual([])
    }),
  )
})

it.each([
  ['another size', [image('one'), image('two', 2)]],
  ['one less', [image('one')]],
  ['another one', [image('one'), image('three')]],
])('finds %s', (_, images) => {
  const { footprints } = nodeChanges(new Map(), node([image('one'), image('two')]))
  expect(nodeChanges(footprints, node(images)).changed).toMatchObject([
    { name: 'a', images: { value: images } },
  ])
})
