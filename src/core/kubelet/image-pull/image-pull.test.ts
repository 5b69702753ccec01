import { describe, expect, it } from 'vitest'
import { defaultPullPolicy, parseImageReference, withDefaultTag } from './image-reference.ts'
import { backOffMessage, decidePull, type PullSituation } from './pull-decision.ts'
import { pullLimit } from './pull-limit.ts'

const V20 = { minor: 20, patch: 2 }
const V27 = { minor: 27, patch: 0 }
const V28 = { minor: 28, patch: 0 }
const V34 = { minor: 34, patch: 0 }
const V35 = { minor: 35, patch: 0 }
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

const situation: PullSituation = {
  image: 'harbor.local:5000/base/kube-proxy:v1.14.0',
  policy: 'IfNotPresent',
  lookup: 'absent',
  isBackingOff: false,
  pull: 'succeeds',
}
/** In a word: runs, pulls, or the reason for waiting. */
const told = (more: Partial<PullSituation>, version = V20) => {
  const outcome = decidePull({ ...situation, ...more }, version)
  return outcome.runs ? (outcome.isPulled ? 'pulls' : 'runs') : outcome.reason
}

/** Image present; image absent; registry down, image present. */
describe('pull policy decision (semantics §5.1)', () => {
  it.each([
    ['Always', ['pulls', 'pulls', 'ErrImagePull']],
    ['IfNotPresent', ['runs', 'pulls', 'runs']],
    ['Never', ['runs', 'ErrImageNeverPull', 'runs']],
  ] as const)('%s', (policy, expected) => {
    expect([
      told({ policy, lookup: 'present' }),
      told({ policy, lookup: 'absent' }),
      told({ policy, lookup: 'present', pull: 'fails' }),
    ]).toEqual(expected)
  })

  it.each([
    ['busybox', 'Always'],
    ['busybox:latest', 'Always'],
    ['harbor.local:5000/base/busybox', 'Always'],
    ['harbor.local:5000/base/busybox:1.36', 'IfNotPresent'],
    ['busybox:latest-debug', 'IfNotPresent'],
    [`busybox@${DIGEST}`, 'IfNotPresent'],
    [`busybox:latest@${DIGEST}`, 'Always'],
    ['Not A Name', 'IfNotPresent'],
  ])('default of %s is %s', (image, policy) => expect(defaultPullPolicy(image)).toBe(policy))

  it.each([
    ['busybox', 'busybox:latest'],
    ['harbor.local:5000/busybox', 'harbor.local:5000/busybox:latest'],
    ['busybox:1', 'busybox:1'],
    [`busybox@${DIGEST}`, `busybox@${DIGEST}`],
  ])('%s is looked for as %s', (image, reference) => expect(withDefaultTag(image)).toBe(reference))

  it('from 1.35 on checks the credentials for an image that is present', () => {
    const unverified = (policy: PullSituation['policy'], version: typeof V34) =>
      told({ policy, lookup: 'present', areCredentialsVerified: false }, version)
    expect([unverified('IfNotPresent', V34), unverified('IfNotPresent', V35)]).toEqual(['runs', 'pulls'])
    expect([unverified('Never', V34), unverified('Never', V35)]).toEqual(['runs', 'ErrImageNeverPull'])
  })
})

describe('reasons (semantics §5.2)', () => {
  it.each<[string, Partial<PullSituation>]>([
    ['ErrImagePull', { pull: 'fails' }],
    ['ImagePullBackOff', { isBackingOff: true }],
    ['ErrImageNeverPull', { policy: 'Never' }],
    ['InvalidImageName', { image: 'harbor.local/Base:1:2' }],
    ['ImageInspectError', { lookup: 'failed' }],
    ['RegistryUnavailable', { pull: 'registry-unavailable' }],
  ])('%s', (reason, more) => expect(told(more)).toBe(reason))

  it('SignatureValidationFailed', () => {
    const at = (version: typeof V27) => told({ pull: 'signature-invalid' }, version)
    expect([at(V27), at(V28)]).toEqual(['ErrImagePull', 'SignatureValidationFailed'])
  })

  it('ErrImagePull with text pull QPS exceeded', () => {
    expect(told({ pull: 'rate-limited' })).toBe('ErrImagePull')
  })

  it('a back-off keeps no present image from running, unless the policy is Always', () => {
    const backingOff = { isBackingOff: true, lookup: 'present' as const }
    expect([told(backingOff), told({ ...backingOff, policy: 'Always' })]).toEqual([
      'runs',
      'ImagePullBackOff',
    ])
  })

  it('a bad name comes before everything, a failed look-up before the policy', () => {
    expect(told({ image: 'A B', lookup: 'failed' })).toBe('InvalidImageName')
    expect(told({ policy: 'Never', lookup: 'failed' })).toBe('ImageInspectError')
  })

  it('tells the last error in a back-off from 1.32 on', () => {
    expect(backOffMessage('a:1', 'timed out', { minor: 31, patch: 0 })).toBe('Back-off pulling image "a:1"')
    expect(backOffMessage('a:1', 'timed out', { minor: 32, patch: 0 })).toBe(
      'Back-off pulling image "a:1": timed out',
    )
  })
})

describe('references', () => {
  it.each([
    ['localhost/a', 'localhost/a'],
    ['[::1]:5000/a', '[::1]:5000/a'],
    ['docker.io/library/a__b--c.d:1.0_x', 'docker.io/library/a__b--c.d'],
  ])('%s', (text, name) => expect(parseImageReference(text)?.name).toBe(name))

  it.each([
    '',
    'UPPER',
    'a/UPPER',
    '/a',
    'a//b',
    'a:',
    'a:-x',
    'a@sha256:12',
    '-a',
    'a___b',
    '0123456789abcdef'.repeat(4),
    'a'.repeat(256),
  ])('%j is none', (text) => expect(parseImageReference(text)).toBeUndefined())
})

describe('pulls at once (semantics §5.3)', () => {
  it.each([
    ['one by default', {}, V20, 1],
    ['parallel', { serializeImagePulls: false }, V20, Infinity],
    ['a limit before 1.27', { serializeImagePulls: false, maxParallelImagePulls: 3 }, V20, Infinity],
    ['a limit from 1.27 on', { serializeImagePulls: false, maxParallelImagePulls: 3 }, V27, 3],
    ['a limit without parallel pulls', { maxParallelImagePulls: 3 }, V27, 1],
  ])('%s', (_, settings, version, limit) => expect(pullLimit(settings, version)).toBe(limit))
})
