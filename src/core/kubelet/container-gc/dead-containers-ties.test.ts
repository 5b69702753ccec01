import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContainerGcPolicy } from './container-gc-policy.ts'
import { collectDeadContainers, type ListedContainer } from './dead-containers.ts'

const NOW = 1_000_000
const policy = (minimumAge: number, maxPerPodContainer: number, maxContainers: number) => ({
  minimumAge,
  maxPerPodContainer,
  maxContainers,
})
const collect = (
  containers: readonly ListedContainer[],
  by: ContainerGcPolicy,
  gone: readonly string[] = [],
) =>
  collectDeadContainers(containers, by, {
    at: NOW,
    isPodGone: (podUid) => gone.includes(podUid),
    areSourcesReady: true,
  })

describe('undefined orders (semantics §2.2)', () => {
  /** One container for each letter. */
  const named = (unit: string, letters: string, createdAt: number) => {
    const [podUid = '', name = ''] = unit.split('/')
    return letters.split('').map((id) => ({ id, podUid, name, state: 'EXITED' as const, createdAt }))
  }
  const tiesOf = (...args: Parameters<typeof collect>) =>
    collect(...args).ties.map(({ among, count }) => [
      among.map(({ id }) => id).join(''),
      count.min,
      count.max,
    ])

  it('of a unit, where the limit cuts through one age', () => {
    expect(tiesOf([...named('foo/bar', 'abc', 5), ...named('foo/bar', 'd', 1)], policy(0, 1, -1))).toEqual([
      ['abc', 2, 2],
    ])
  })

  it('of units, where the limit of the node cuts through one age', () => {
    const all = [...named('foo/bar', 'ab', 5), ...named('foo1/bar', 'c', 5), ...named('foo2/bar', 'd', 9)]
    expect(tiesOf(all, policy(0, 1, 2))).toEqual([['abc', 2, 2]])
  })

  it('none where all of one age go, or stay', () => {
    expect(tiesOf([...named('foo/bar', 'ab', 5), ...named('foo/bar', 'c', 9)], policy(0, 1, -1))).toEqual([])
    expect(tiesOf(named('foo/bar', 'ab', 5), policy(0, 0, -1))).toEqual([])
  })
})

describe('properties', () => {
  const states = ['CREATED', 'RUNNING', 'EXITED', 'UNKNOWN'] as const
  const listings = fc
    .array(
      fc.record({
        podUid: fc.constantFrom('p', 'q', 'r'),
        name: fc.constantFrom('a', 'b'),
        state: fc.constantFrom(...states),
        createdAt: fc.integer({ min: NOW - 8, max: NOW }),
      }),
      { maxLength: 20 },
    )
    .map((all) => all.map((one, index) => ({ ...one, id: `${index}` })))
  const limit = fc.integer({ min: -1, max: 5 })
  const policies = fc.record({
    minimumAge: fc.constantFrom(0, 3),
    maxPerPodContainer: limit,
    maxContainers: limit,
  })

  it('removes each at most once, and never one that runs or is too young', () => {
    fc.assert(
      fc.property(listings, policies, (all, by) => {
        const removed = collect(all, by, ['r']).removals.map(({ container }) => container)
        expect(new Set(removed).size).toBe(removed.length)
        expect(removed.filter(({ state }) => state === 'RUNNING')).toEqual([])
        expect(removed.filter(({ createdAt }) => NOW - createdAt < by.minimumAge)).toEqual([])
      }),
    )
  })

  it('leaves no more than the limits allow', () => {
    fc.assert(
      fc.property(listings, policies, (all, by) => {
        const removed = new Set(collect(all, by, ['r']).removals.map(({ container }) => container.id))
        const counted = all.filter(
          ({ id, state, createdAt }) =>
            !removed.has(id) && state !== 'RUNNING' && NOW - createdAt >= by.minimumAge,
        )
        const most = (max: number) => (max < 0 ? Infinity : max)
        expect(counted.length).toBeLessThanOrEqual(most(by.maxContainers))
        for (const { podUid, name } of counted) {
          const unit = counted.filter((one) => one.podUid === podUid && one.name === name)
          expect(unit.length).toBeLessThanOrEqual(most(by.maxPerPodContainer))
        }
        expect(counted.filter(({ podUid }) => podUid === 'r')).toEqual([])
      }),
    )
  })

  it('does not depend on the order of the listing, but for ties', () => {
    fc.assert(
      fc.property(listings, policies, fc.infiniteStream(fc.integer()), (all, by, keys) => {
        const shuffled = all
          .map((one) => ({ one, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one)
        const certain = (listed: typeof all) => {
          const { removals, ties } = collect(listed, by, ['r'])
          const tied = new Set(ties.flatMap(({ among }) => among.map(({ id }) => id)))
          const decided = removals.map(({ container }) => container.id).filter((id) => !tied.has(id))
          const taken = ties.map(({ among, count }) => [...among.map(({ id }) => id).toSorted(), count.max])
          return [decided.toSorted(), taken.map((tie) => tie.join()).toSorted(), removals.length]
        }
        expect(certain(shuffled)).toEqual(certain(all))
      }),
    )
  })
})
