import { expect, it } from 'vitest'
import { nodeView } from '../detect/node-view.contract.ts'
import { Pod } from '../kubernetes/pod.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { ObservedImage, Part } from '../observe/observation.ts'
import { nodeImages } from './node-images.ts'

const part = <T>(value: T): Part<T> => ({ value, source: 'test', observedAt: 0 })
const FOUND = { state: 'yes', why: 'found', checkedAt: 0 } as const
const image = (name: string, more: Partial<ObservedImage> = {}): ObservedImage => ({
  id: `sha256:${name}`,
  names: [`reg.example/${name}@sha256:0`, `reg.example/${name}:1`],
  reportedBytes: 1,
  ...more,
})
const container = (imageId: string, sandboxId = 's') => ({
  id: imageId,
  name: 'app',
  attempt: 0,
  sandboxId,
  state: 'exited' as const,
  createdAt: 0,
  image: imageId,
  imageId,
})
const SANDBOX = { id: 's', namespace: 'ns', name: 'web', uid: 'u', attempt: 0, isReady: true, createdAt: 0 }
const onAgent = (images: readonly ObservedImage[], more: Partial<NodeView> = {}) =>
  nodeView([500], {
    kubeletVersion: 'v1.30.2',
    images: part(images),
    containers: part([container('sha256:used')]),
    sandboxes: part([SANDBOX]),
    ...more,
  })
const told = (view: NodeView) =>
  nodeImages(view)?.map(
    ({ name, usedBy, isAtRisk, isKept }) =>
      `${name}${isAtRisk ? ' at risk' : ''}${isKept ? ' kept' : ''}${usedBy.map((pod) => ` ${pod}`).join('')}`,
  )

it('tells those at risk first, then the largest, each with who uses it', () => {
  const images = [
    image('used'),
    image('pullable', { pullable: FOUND, reportedBytes: 9 }),
    image('idle'),
    image('large', { onDiskBytes: 5 }),
    image('pinned', { isPinned: true, reportedBytes: 3 }),
  ]
  expect(told(onAgent(images))).toEqual([
    'reg.example/large:1 at risk',
    'reg.example/idle:1 at risk',
    'reg.example/pullable:1',
    'reg.example/pinned:1 kept',
    'reg.example/used:1 ns/web',
  ])
})

it('does not count on a pin that the kubelet does not mind', () => {
  const images = [image('pinned', { isPinned: true })]
  expect(told(onAgent(images, { kubeletVersion: 'v1.24.1' }))).toEqual(['reg.example/pinned:1 at risk'])
})

it('tells of users by the pods where no runtime was asked', () => {
  const pod = Pod.parse({
    metadata: { namespace: 'ns', name: 'a' },
    spec: { containers: [{ name: 'app', image: 'reg.example/used:1' }] },
    status: {},
  })
  const view = nodeView([500], { images: part([{ names: ['reg.example/used:1'] }]), pods: part([pod]) })
  expect(told(view)).toEqual(['reg.example/used:1 ns/a'])
})

it('knows no risk where nobody tells of images, or of who uses them', () => {
  expect(nodeImages(nodeView([500], { pods: part([]) }))).toBeUndefined()
  expect(nodeImages(nodeView([500], { images: part([image('a')]) }))).toBeUndefined()
})
