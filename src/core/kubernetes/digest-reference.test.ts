import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestReferences } from './digest-reference.ts'

const DIGEST = `sha256:${'a'.repeat(64)}`

describe('the digests of an image', () => {
  it.each([
    ['busybox', 'docker.io', 'library/busybox'],
    ['docker.io/library/busybox', 'docker.io', 'library/busybox'],
    ['user/app', 'docker.io', 'user/app'],
    ['lab.local:5000/team/app', 'lab.local:5000', 'team/app'],
    ['lab.local:5000/team/app:1.0', 'lab.local:5000', 'team/app'],
    ['localhost/app', 'localhost', 'app'],
    ['[fd00::1]:5000/app', '[fd00::1]:5000', 'app'],
  ])('are read from %s@…', (name, registry, repository) => {
    expect(digestReferences([`${name}@${DIGEST}`])).toEqual([{ registry, repository, digest: DIGEST }])
  })

  it.each([
    ['a tag', 'lab.local/app:1.0'],
    ['an id', DIGEST],
    ['no name', `<none>@${DIGEST}`],
    ['a digest that is cut', `lab.local/app@${DIGEST.slice(0, 40)}`],
    ['a path that climbs', `lab.local/../admin@${DIGEST}`],
    ['a query', `lab.local/app?x=/@${DIGEST}`],
    ['a user', `me@lab.local/app@${DIGEST}`],
    ['a line break', `lab.local/app\nHost: x@${DIGEST}`],
  ])('are none of %s', (_, name) => {
    expect(digestReferences([name])).toEqual([])
  })

  it('are each given once', () => {
    expect(digestReferences([`a.b/app@${DIGEST}`, `a.b/app:1@${DIGEST}`, 'a.b/app:1'])).toHaveLength(1)
  })

  it('make an address of their own host and path, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((name) => `${name}@${DIGEST}`),
          ),
        ),
        (names) => {
          for (const { registry, repository, digest } of digestReferences(names)) {
            const url = new URL(`https://${registry}/v2/${repository}/manifests/${digest}`)
            expect(url.pathname).toBe(`/v2/${repository}/manifests/${digest}`)
            expect([url.username, url.search, url.hash]).toEqual(['', '', ''])
          }
        },
      ),
    )
  })
})
