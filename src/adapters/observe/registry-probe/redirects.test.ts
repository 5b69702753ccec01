import { describe, expect, it } from 'vitest'
import { isOfSameDomain, mayFollow } from './redirects.ts'

describe('a redirect', () => {
  it.each([
    ['https://registry.k8s.io/v2/a', 'https://europe-docker.pkg.dev/v2/a', true],
    ['https://a.example.com/x', 'https://a.example.com/y', true],
    ['http://lab.local:5000/x', 'http://lab.local:5000/y', true],
    ['http://a.example.com/x', 'https://a.example.com/y', true],
    ['https://a.example.com/x', 'http://a.example.com/y', false],
    ['https://a.example.com/x', 'http://b.example.com/y', false],
    ['https://a.example.com/x', 'https://10.0.0.1/y', false],
    ['https://a.example.com/x', 'https://[fd00::1]/y', false],
    ['https://a.example.com/x', 'https://localhost/y', false],
    ['https://a.example.com/x', 'https://metadata.internal/y', false],
    ['https://a.example.com/x', 'https://me:secret@b.example.com/y', false],
  ])('from %s to %s: %s', (from, to, isFollowed) => {
    expect(mayFollow(new URL(from), new URL(to))).toBe(isFollowed)
  })
})

describe('a token', () => {
  it.each([
    ['https://registry-1.docker.io/v2', 'https://auth.docker.io/token', true],
    ['http://lab.local:5000/v2', 'http://lab.local:5000/token', true],
    ['https://registry-1.docker.io/v2', 'http://auth.docker.io/token', false],
    ['https://registry-1.docker.io/v2', 'https://docker.io.evil.example/token', false],
    ['https://lab.local/v2', 'https://auth.lab.local/token', false],
    ['http://10.0.0.1:5000/v2', 'https://10.0.0.2/token', false],
    ['https://a.example.com/v2', 'https://x:y@a.example.com/token', false],
  ])('for %s at %s: %s', (registry, realm, isAsked) => {
    expect(isOfSameDomain(new URL(registry), new URL(realm))).toBe(isAsked)
  })
})
