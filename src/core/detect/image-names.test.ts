import { describe, expect, it } from 'vitest'
import { comparableName, registryOfImage } from './image-names.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('names of images', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['lab.local:5000/web:1', 'lab.local:5000/web:1'],
    [`lab.local:5000/web:1@${DIGEST}`, `lab.local:5000/web@${DIGEST}`],
    [`lab.local:5000/web@${DIGEST}`, `lab.local:5000/web@${DIGEST}`],
    [DIGEST, DIGEST],
  ])('%s is compared as %s', (name, compared) => expect(comparableName(name)).toBe(compared))

  it.each([
    ['nginx', 'docker.io'],
    ['lab.local:5000/web:1', 'lab.local:5000'],
  ])('%s comes from %s', (name, registry) => expect(registryOfImage(name)).toBe(registry))
})
