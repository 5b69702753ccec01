import { describe, expect, it } from 'vitest'
import { parseContainerRuntime } from '../container-runtime.ts'
import { isPauseImage, pauseImageProtection } from './pause-image.ts'

describe('pauseImageProtection (semantics §1.5)', () => {
  it.each([
    [{ minor: 20, patch: 2 }, 'containerd://1.6.20', 'kubelet-flag'],
    [{ minor: 24, patch: 17 }, 'containerd://1.7.3', 'kubelet-flag'],
    [{ minor: 27, patch: 1 }, 'containerd://1.7.3', 'kubelet-flag'],
    [{ minor: 27, patch: 7 }, 'containerd://1.7.3', 'pinned'],
    [{ minor: 28, patch: 3 }, 'containerd://1.7.2', 'kubelet-flag'],
    [{ minor: 29, patch: 0 }, 'containerd://1.7.2', 'none'],
    [{ minor: 29, patch: 0 }, 'containerd://1.6.22', 'pinned'],
    [{ minor: 29, patch: 0 }, 'cri-o://1.29.1', 'not-known'],
    [{ minor: 29, patch: 0 }, 'unknown', 'not-known'],
  ] as const)('%o with %s: %s', (version, runtime, protection) => {
    expect(pauseImageProtection(version, parseContainerRuntime(runtime))).toBe(protection)
  })
})

describe('isPauseImage', () => {
  it.each([
    ['k8s.gcr.io/pause:3.2', true],
    ['pause', true],
    ['mirror/pause-amd64@sha256:00', true],
    ['registry/unpause:1', false],
    ['registry/pause/app:1', false],
  ])('%s: %s', (name, is) => expect(isPauseImage(name)).toBe(is))
})
