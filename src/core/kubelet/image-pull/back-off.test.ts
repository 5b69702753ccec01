import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterPullFailure,
  afterPullSuccess,
  backOffKey,
  isBackingOff,
  nextAttempt,
  type PullBackOff,
} from './back-off.ts'
import { ensureImage } from './ensure-image.ts'

const S = 1000
const V20 = { minor: 20, patch: 2 }
const NONE: PullBackOff = new Map()
const KEY = backOffKey('uid', 'kube-proxy:v1')
const failedAt = (...instants: readonly number[]) =>
  instants.reduce((entries, at) => afterPullFailure(entries, KEY, at), NONE)
const windowOf = (entries: PullBackOff) => (entries.get(KEY)?.window ?? 0) / S

describe('back-off numbers (semantics §5.3)', () => {
  it('10, 20, 40, 80, 160, 300, 300 …', () => {
    let entries = NONE
    const windows: number[] = []
    for (let at = 0; windows.length < 8; at = (entries.get(KEY)?.lastFailure ?? 0) + windowOf(entries) * S) {
      entries = afterPullFailure(entries, KEY, at)
      windows.push(windowOf(entries))
    }
    expect(windows).toEqual([10, 20, 40, 80, 160, 300, 300, 300])
  })

  it('starts over when untouched for more than 600 s, and not for 600 s', () => {
    expect([windowOf(failedAt(0, 600 * S)), windowOf(failedAt(0, 600 * S + 1))]).toEqual([20, 10])
  })

  it('measures the window from the last failure', () => {
    const entries = failedAt(0, 100 * S)
    expect([119.9, 120].map((s) => isBackingOff(entries, KEY, s * S))).toEqual([true, false])
  })

  it('counts by pod and by image as written', () => {
    const entries = failedAt(0)
    expect(isBackingOff(entries, backOffKey('new-uid', 'kube-proxy:v1'), S)).toBe(false)
    expect(isBackingOff(entries, backOffKey('uid', 'docker.io/library/kube-proxy:v1'), S)).toBe(false)
    expect(isBackingOff(entries, KEY, S)).toBe(true)
  })

  it('forgets only what has expired when any pull succeeds', () => {
    const entries = afterPullFailure(failedAt(0), 'other', 500 * S)
    expect([...afterPullSuccess(entries, 601 * S).keys()]).toEqual(['other'])
    expect(windowOf(afterPullSuccess(failedAt(0, 10 * S), 20 * S))).toBe(20)
  })

  it('retries at the first sync after the window', () => {
    expect(nextAttempt({ window: 40 * S, lastFailure: 100 * S })).toEqual({ min: 140 * S, max: 155 * S })
  })

  it('never waits longer than 300 s after a failure', () => {
    const instants = fc
      .array(fc.integer({ min: 0, max: 5000 * S }))
      .map((all) => all.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(instants, (all) => {
        const last = all.at(-1) ?? 0
        expect(isBackingOff(failedAt(...all), KEY, last + 300 * S)).toBe(false)
      }),
    )
  })
})

describe('an image that no registry gives (semantics §5.5)', () => {
  it('alternates between ErrImagePull and ImagePullBackOff', () => {
    const absent = {
      image: 'kube-proxy:v1',
      policy: 'IfNotPresent',
      lookup: 'absent',
      pull: 'fails',
    } as const
    let entries = NONE
    const reasons = [0, 5, 12, 20, 33, 34].map((second) => {
      const step = ensureImage(entries, 'uid', absent, second * S, V20)
      entries = step.entries
      return step.outcome.runs ? 'runs' : step.outcome.reason
    })
    expect(reasons).toEqual([
      'ErrImagePull',
      'ImagePullBackOff',
      'ErrImagePull',
      'ImagePullBackOff',
      'ErrImagePull',
      'ImagePullBackOff',
    ])
  })

  it('runs at once when it is there again, whatever the window', () => {
    const present = {
      image: 'kube-proxy:v1',
      policy: 'IfNotPresent',
      lookup: 'present',
      pull: 'fails',
    } as const
    const entries = failedAt(0, 10 * S, 30 * S)
    expect(ensureImage(entries, 'uid', present, 31 * S, V20)).toEqual({
      outcome: { runs: true, isPulled: false },
      entries,
    })
  })

  it('forgets expired failures when it is pulled', () => {
    const pulled = { image: 'other:1', policy: 'IfNotPresent', lookup: 'absent', pull: 'succeeds' } as const
    expect(ensureImage(failedAt(0), 'uid', pulled, 601 * S, V20).entries.size).toBe(0)
  })
})
