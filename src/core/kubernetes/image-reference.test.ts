import { describe, expect, it } from 'vitest'
import { normaliseImageReference } from './image-reference.ts'

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
