import { describe, expect, it } from 'vitest'
import { evictionGrace } from './grace-period.ts'

/** In seconds: the maximum that is set, the pod's own; what is requested, what the pod gets, how long the kubelet waits. */
type Row = readonly ['hard' | 'soft' | 'local-limit', number, number, number, number, number, number]

const told = (kind: Row[0], minor: number, maximum: number, own: number) => {
  const { requested, effective, waitsAtMost } = evictionGrace(
    kind,
    { minor, patch: 0 },
    { maxPodGracePeriod: maximum * 1000, podGracePeriod: own * 1000 },
  )
  return [requested, effective, waitsAtMost].map((ms) => ms / 1000)
}

describe('grace period actually used (semantics §3.10)', () => {
  it.each<Row>([
    ['hard', 14, 5, 30, 0, 0, 10],
    ['hard', 21, 5, 30, 0, 0, 10],
    ['local-limit', 21, 5, 30, 0, 0, 10],
    ['soft', 21, 60, 30, 60, 60, 90],
    ['soft', 21, 5, 30, 5, 5, 10],
    ['soft', 21, 0, 30, 0, 0, 10],
  ])('≤1.21: %s in 1.%i, maximum %i, own %i', (kind, minor, maximum, own, ...expected) => {
    expect(told(kind, minor, maximum, own)).toEqual(expected)
  })

  it.each<Row>([
    ['hard', 22, 5, 30, 0, 30, 10],
    ['hard', 30, 5, 600, 0, 600, 10],
    ['local-limit', 22, 5, 30, 0, 30, 10],
    ['local-limit', 30, 5, 30, 0, 30, 10],
    ['soft', 22, 60, 30, 30, 30, 45],
    ['soft', 30, 20, 30, 20, 20, 30],
    ['soft', 30, 0, 30, 0, 30, 10],
  ])('1.22–1.30: %s in 1.%i, maximum %i, own %i', (kind, minor, maximum, own, ...expected) => {
    expect(told(kind, minor, maximum, own)).toEqual(expected)
  })

  it.each<Row>([
    ['hard', 31, 5, 30, 1, 2, 10],
    ['hard', 36, 5, 30, 1, 2, 10],
    ['local-limit', 31, 5, 30, 1, 2, 10],
    ['soft', 31, 60, 30, 60, 60, 90],
    ['soft', 31, 0, 30, 0, 2, 10],
    ['soft', 32, 60, 30, 30, 30, 45],
    ['soft', 36, 20, 30, 20, 20, 30],
  ])('≥1.31: %s in 1.%i, maximum %i, own %i', (kind, minor, maximum, own, ...expected) => {
    expect(told(kind, minor, maximum, own)).toEqual(expected)
  })
})
