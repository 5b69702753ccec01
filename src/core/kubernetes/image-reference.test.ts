import { describe, expect, it } from 'vitest'
import { isPauseImage, normaliseImageReference } from './image-reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('normaliseImageReference', () => {
  it.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1.35', 'docker.io/library/busybox:1.35'],
    ['user/app', 'docker.io/user/app:latest'],
    ['lab.local/app', 'lab.local/app:latest'],
    ['localhost/app:1', 'localhost/app:1'],
    ['lab.local:5000/app', 'lab.local:5000/app:latest'],
    ['lab.local:5000/team/app:1.0', 'lab.local:5000/team/app:1.0'],
    [`lab.local/app@${DIGEST}`, `lab.local/app@${DIGEST}`],
    [`docker-pullable://lab.local/app@${DIGEST}`, `lab.local/app@${DIGEST}`],
    [`docker://${DIGEST}`, DIGEST],
    [DIGEST, DIGEST],
  ])('%s is %s', (reference, whole) => {
    expect(normaliseImageReference(reference)).toBe(whole)
    expect(normaliseImageReference(whole)).toBe(whole)
  })
})

describe('isPauseImage', () => {
  it.each([
    ['k8s.gcr.io/pause:3.2', true],
    ['registry.k8s.io/pause-amd64:3.1', true],
    [`lab.local/pause@${DIGEST}`, true],
    ['lab.local/menopause:1', false],
    ['pause/app:1', false],
    ['lab.local/pause-button:1', false],
  ])('%s: %s', (reference, isPause) => expect(isPauseImage(reference)).toBe(isPause))
})
