import { describe, expect, it } from 'vitest'
import { configuredNode, sentences } from '../node-view.contract.ts'
import { pauseImageUnprotected } from './pause-image-unprotected.ts'

describe('pause-image-unprotected', () => {
  const pause = { value: [{ names: ['lab.local/pause:3.2'] }], source: 'test', observedAt: 0 }
  const node = (kubeletVersion: string, containerRuntimeVersion: string, more = {}) =>
    configuredNode({}, { kubeletVersion, containerRuntimeVersion, images: pause, ...more })
  const flagged = { sandboxImage: 'k8s.gcr.io/pause:3.2' }

  it('names the pair that leaves it without any protection', () => {
    expect(sentences(pauseImageUnprotected, node('v1.29.4', 'containerd://1.6.20'))).toEqual([
      'Nothing keeps the pause image (lab.local/pause:3.2) from being deleted as idle: kubelet v1.29.4 relies on a pin that containerd://1.6.20 does not set, and without this image no pod can start. Upgrade containerd to 1.6.22, 1.7.3 or later.',
    ])
  })

  it('names an image that the flag does not', () => {
    expect(sentences(pauseImageUnprotected, node('v1.20.2', 'containerd://1.6.20', flagged))).toEqual([
      "Kubelet v1.20.2 keeps only the pause image that its flag names, k8s.gcr.io/pause:3.2, but lab.local/pause:3.2 is what is on this node: it can be deleted as idle, and without it no pod can start. Set --pod-infra-container-image to the runtime's pause image.",
    ])
  })

  it.each([
    ['a pin', node('v1.29.4', 'containerd://1.7.3')],
    ['a pin before 1.29', node('v1.27.7', 'containerd://1.7.3', flagged)],
    ['the flag', node('v1.20.2', 'containerd://1.6.20', { sandboxImage: 'lab.local/pause:3.2' })],
    ['a flag that is not known', node('v1.20.2', 'containerd://1.6.20')],
    ['dockershim', node('v1.20.2', 'docker://19.3.1', flagged)],
    ['a runtime that may pin', node('v1.30.0', 'cri-o://1.30.0')],
    ['an unknown version', node('edge', 'containerd://1.6.20', flagged)],
    [
      'a list of images that is cut',
      node('v1.20.2', 'containerd://1.6.20', {
        ...flagged,
        images: {
          ...pause,
          value: [...pause.value, ...Array.from({ length: 49 }, () => ({ names: ['a'] }))],
        },
      }),
    ],
  ])('is quiet about %s', (_, view) => expect(sentences(pauseImageUnprotected, view)).toEqual([]))
})
