import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeView } from '../../detect/node-view.contract.ts'
import type { NodeView } from '../../observe/node-view.ts'
import type { ObservedImage } from '../../observe/observation.ts'
import { freedByImages, type Freed } from './freed-by-images.ts'

const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })
const MB = 1e6
const image = (megabytes?: number, more: Partial<ObservedImage> = {}): ObservedImage => ({
  names: ['lab.local/a:1'],
  ...(megabytes === undefined ? {} : { reportedBytes: megabytes * MB }),
  ...more,
})
const pod = (rootfsMegabytes: number) => ({
  namespace: 'd',
  name: 'p',
  uid: 'p',
  logsBytes: 7 * MB,
  rootfsBytes: rootfsMegabytes * MB,
  localVolumesBytes: 0,
})

/** A node with a runtime, images of so many MB, and what the summary counts of its images and its pods' layers. */
function node(
  runtime: string | undefined,
  megabytes: readonly number[],
  summary?: { images?: number; writable?: number },
): NodeView {
  return nodeView([500], {
    ...(runtime === undefined ? {} : { containerRuntimeVersion: `${runtime}://1.7.20` }),
    images: part(megabytes.map((size) => image(size))),
    summaries: summary
      ? [
          part({
            pods: [pod(summary.writable ?? 0)],
            ...(summary.images === undefined ? {} : { imageFsUsedBytes: summary.images * MB }),
          }),
        ]
      : [],
  })
}

describe('what the removal of an image gives back (semantics §1.8)', () => {
  it.each<[string, NodeView, [least: number, middle: number, most: number]]>([
    [
      'containerd: the content and its part of the unpacked layers',
      node('containerd', [10, 10], { images: 50 }),
      [22.5, 35, 60],
    ],
    [
      'containerd: writable layers are nobody’s image',
      node('containerd', [10, 10], { images: 50, writable: 30 }),
      [15, 20, 30],
    ],
    ['containerd: the usual where no summary is known', node('containerd', [10, 10]), [10, 26, 50]],
    [
      'containerd: the usual where the figure cannot be',
      node('containerd', [10, 10], { images: 0 }),
      [10, 26, 50],
    ],
    [
      'containerd: the usual where 50 images may not be all',
      node('containerd', Array<number>(50).fill(10), { images: 5 }),
      [10, 26, 50],
    ],
    [
      'docker: without the layers that others share',
      node('docker', [10, 10], { images: 15, writable: 9 }),
      [3.75, 7.5, 10],
    ],
    ['docker: never more than it reports', node('docker', [10, 10], { images: 30 }), [5, 10, 10]],
    [
      'CRI-O: its figure, were it that of a few indices, tells nothing',
      node('cri-o', [10, 10], { images: 1 }),
      [5, 10, 10],
    ],
    ['a runtime that is not known: what it reports', node(undefined, [10, 10], { images: 50 }), [10, 10, 10]],
  ])('%s', (_, view, megabytes) => {
    const freed = freedByImages(view)
    expect((['least', 'middle', 'most'] as const).map((which) => freed(image(10), which))).toEqual(
      megabytes.map((each) => each * MB),
    )
  })

  it('is what somebody saw, where somebody looked at the layers', () =>
    expect(freedByImages(node('containerd', [10]))(image(10, { onDiskBytes: 33 }), 'most')).toBe(33))

  it('is not known where no size is', () =>
    expect(freedByImages(node('containerd', [10]))(image(), 'middle')).toBeUndefined())

  it('is ordered, and a number, whatever a node claims', () => {
    const bytes = fc.double({ min: 0, max: 1e15, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom('containerd', 'docker', 'cri-o', 'other'),
        fc.array(bytes, { maxLength: 5 }),
        fc.record({ images: bytes, writable: bytes }),
        bytes,
        (runtime, sizes, summary, size) => {
          const freed = freedByImages(node(runtime, sizes, summary))
          const of = (which: Freed) => freed(image(size), which) ?? NaN
          expect(of('least')).toBeLessThanOrEqual(of('middle'))
          expect(of('middle')).toBeLessThanOrEqual(of('most'))
          expect(of('least')).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })
})
