import { expect, it } from 'vitest'
import type { ObservedImage, Part } from '../observe/observation.ts'
import type { NodeView } from '../observe/node-view.ts'
import { withLastUse } from './images-in-use.ts'

const part = <T>(value: T): Part<T> => ({ value, source: 'test', observedAt: 0 })
const listed: readonly ObservedImage[] = [{ id: 'sha256:a', names: ['a:1'] }, { names: ['b:1'] }]
const made = (...images: string[]) =>
  part(
    images.map((imageId) => ({
      id: imageId,
      name: 'app',
      attempt: 0,
      sandboxId: 's',
      state: 'exited' as const,
      createdAt: 0,
      image: 'other:1',
      imageId,
    })),
  )

/** When each image was last in use after rounds at 10, 20, …, by what was made of images then. */
function lastUsed(...rounds: (readonly string[] | undefined)[]) {
  const view = rounds.reduce<Pick<NodeView, 'images'>>(
    (before, images, index) =>
      withLastUse(
        before as NodeView,
        { images: part(listed), ...(images ? { containers: made(...images) } : {}) },
        10 * (index + 1),
      ),
    {},
  )
  return view.images?.value.map(({ lastUsedAt }) => lastUsedAt)
}

it.each<[string, (readonly string[] | undefined)[], (number | undefined)[]]>([
  ['what is in use, now', [['sha256:a'], ['sha256:a']], [20, undefined]],
  ['what was in use, when that was', [['sha256:a'], ['b:1'], []], [10, 20]],
  ['the same while nobody tells of containers', [['sha256:a'], undefined], [10, undefined]],
  ['what was never seen in use, never', [[]], [undefined, undefined]],
])('remembers of images: %s', (_, rounds, expected) => {
  expect(lastUsed(...rounds)).toEqual(expected)
})

it('keeps the last list where a node lists no image', () => {
  const before = { images: part(listed) } as NodeView
  expect(withLastUse(before, { images: part([]) }, 1)).toEqual({ images: part(listed) })
  expect(withLastUse(before, {}, 1)).toEqual({})
})
