import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimOwner, deletesClaim, type ClaimRetentionPolicy } from './claim-retention.ts'
import {
  blockedBy,
  deletionOrder,
  nextOrdinals,
  ordinalsOf,
  parseStatefulPodName,
  statefulClaimName,
  statefulPodName,
} from './stateful-set.ts'

const at = (minor: number) => ({ minor, patch: 0 })

describe('names (semantics §6.4)', () => {
  it('of pod and claim', () => {
    expect([statefulPodName('es', 0), statefulClaimName('data', 'es', 0)]).toEqual(['es-0', 'data-es-0'])
  })

  it.each([
    ['es-0', { set: 'es', ordinal: 0 }],
    ['es-data-12', { set: 'es-data', ordinal: 12 }],
    ['es-1-2', { set: 'es-1', ordinal: 2 }],
    ['es', undefined],
    ['es-', undefined],
    ['es-7d9f', undefined],
    ['-0', undefined],
    ['es-2147483648', undefined],
  ])('%s', (name, parsed) => expect(parseStatefulPodName(name)).toEqual(parsed))

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), fc.nat(), (set, ordinal) => {
        expect(parseStatefulPodName(statefulPodName(set, ordinal))).toEqual({ set, ordinal })
      }),
    )
  })
})

describe('ordinals (semantics §6.4)', () => {
  const set = { replicas: 3, start: 5 }

  it.each([
    ['before 1.26', ordinalsOf(set, at(25), true), [0, 1, 2]],
    ['1.26', ordinalsOf(set, at(26)), [0, 1, 2]],
    ['1.26 with the gate', ordinalsOf(set, at(26), true), [5, 6, 7]],
    ['from 1.27 on', ordinalsOf(set, at(27)), [5, 6, 7]],
    ['without a start', ordinalsOf({ replicas: 2 }, at(31)), [0, 1]],
  ])('%s', (_, ordinals, expected) => expect(ordinals).toEqual(expected))

  it('OrderedReady waits for every lower one, Parallel for none', () => {
    const next = (pods: [number, boolean][], management: 'OrderedReady' | 'Parallel') =>
      nextOrdinals([0, 1, 2], new Map(pods.map(([n, isReady]) => [n, { isReady }])), management)
    expect(next([], 'OrderedReady')).toEqual([0])
    expect(next([[0, false]], 'OrderedReady')).toEqual([])
    expect(next([[0, true]], 'OrderedReady')).toEqual([1])
    expect(
      next(
        [
          [0, false],
          [1, true],
        ],
        'OrderedReady',
      ),
    ).toEqual([])
    expect(
      next(
        [
          [0, true],
          [1, true],
          [2, true],
        ],
        'OrderedReady',
      ),
    ).toEqual([])
    expect(next([[1, false]], 'Parallel')).toEqual([0, 2])
  })

  it('deletes from the highest', () => {
    expect(deletionOrder([0, 2, 1], 'OrderedReady')).toEqual([[2], [1], [0]])
    expect(deletionOrder([0, 2, 1], 'Parallel')).toEqual([[2, 1, 0]])
  })

  it('makes no pod while a claim of it is being deleted', () => {
    const claim = (name: string, isDeletionRequested: boolean) => ({ name, isDeletionRequested })
    expect(blockedBy([claim('data-es-0', false), claim('log-es-0', true)])).toBe(
      'pvc log-es-0 is being deleted',
    )
    expect(blockedBy([claim('data-es-0', false)])).toBeUndefined()
  })
})

/** Owner while the ordinal is in range, and out of it; whether the set's deletion, and a scale-down, delete the claim. */
describe('claim retention (semantics §6.4)', () => {
  const policy = (
    whenDeleted: 'Retain' | 'Delete',
    whenScaled: 'Retain' | 'Delete',
  ): ClaimRetentionPolicy => ({
    whenDeleted,
    whenScaled,
  })

  it.each([
    ['Retain', 'Retain', ['none', 'none'], [false, false]],
    ['Delete', 'Retain', ['set', 'set'], [true, false]],
    ['Retain', 'Delete', ['none', 'pod'], [false, true]],
    ['Delete', 'Delete', ['set', 'pod'], [true, true]],
  ] as const)('%s / %s', (whenDeleted, whenScaled, owners, deletes) => {
    const by = policy(whenDeleted, whenScaled)
    expect([true, false].map((isInRange) => claimOwner(by, isInRange, at(27)))).toEqual(owners)
    expect((['set-deleted', 'scaled-down'] as const).map((event) => deletesClaim(by, event, at(27)))).toEqual(
      deletes,
    )
    expect((['pod-evicted', 'node-lost'] as const).map((event) => deletesClaim(by, event, at(27)))).toEqual([
      false,
      false,
    ])
  })

  it('counts from 1.27 on, and from 1.23 with the gate', () => {
    const by = policy('Delete', 'Delete')
    expect([claimOwner(by, true, at(26)), claimOwner(by, true, at(27))]).toEqual(['none', 'set'])
    expect([claimOwner(by, true, at(22), true), claimOwner(by, true, at(23), true)]).toEqual(['none', 'set'])
    expect([claimOwner(by, true, at(27), false), deletesClaim(by, 'set-deleted', at(26))]).toEqual([
      'none',
      false,
    ])
  })
})
