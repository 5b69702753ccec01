import { describe, expect, it } from 'vitest'
import { DEFAULT_CONTAINER_GC_POLICY, type ContainerGcPolicy } from './container-gc-policy.ts'
import { collectDeadContainers, type ListedContainer } from './dead-containers.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Long after all that was created at small instants. */
const NOW = 1000 * HOUR

const policy = (
  minimumAge: number,
  maxPerPodContainer: number,
  maxContainers: number,
): ContainerGcPolicy => ({
  minimumAge,
  maxPerPodContainer,
  maxContainers,
})
const H = policy(HOUR, 2, 6)
const dead = (
  unit: string,
  createdAt: readonly number[],
  state: ListedContainer['state'] = 'EXITED',
): ListedContainer[] => {
  const [podUid = '', name = ''] = unit.split('/')
  return createdAt.map((at) => ({ id: `${unit} ${at} ${state}`, podUid, name, state, createdAt: at }))
}
const collect = (
  containers: readonly ListedContainer[],
  by: ContainerGcPolicy,
  gone: readonly string[] = [],
  areSourcesReady = true,
) =>
  collectDeadContainers(containers, by, {
    at: NOW,
    isPodGone: (podUid) => gone.includes(podUid),
    areSourcesReady,
  })
const removedIds = (...args: Parameters<typeof collect>) =>
  collect(...args).removals.map(({ container }) => container.id)
const remaining = (...args: Parameters<typeof collect>) => {
  const removed = removedIds(...args)
  return args[0].map(({ id }) => id).filter((id) => !removed.includes(id))
}
const ids = (...groups: ListedContainer[][]) => groups.flat().map(({ id }) => id)

describe('containers (semantics §2.7)', () => {
  it('node limit 0', () => expect(remaining(dead('foo/bar', [0]), policy(MINUTE, 1, 0))).toEqual([]))

  it('node limit only', () => {
    const all = dead('foo/bar', [4, 3, 2, 1, 0])
    expect(remaining(all, policy(MINUTE, -1, 4))).toEqual(ids(dead('foo/bar', [4, 3, 2, 1])))
  })

  it('all off', () => {
    const all = dead('foo/bar', [2, 1, 0])
    expect(remaining(all, policy(MINUTE, -1, -1))).toEqual(ids(all))
  })

  it('young', () => {
    const all = [0, 1, 2].flatMap((index) =>
      dead('foo/bar', [NOW]).map((one) => ({ ...one, id: `${index}` })),
    )
    expect(remaining(all, H)).toEqual(ids(all))
  })

  it('per unit', () => {
    expect(remaining(dead('foo/bar', [2, 1, 0]), H)).toEqual(ids(dead('foo/bar', [2, 1])))
  })

  it('running ignored', () => {
    const all = [...dead('foo/bar', [2, 1]), ...dead('foo/bar', [0], 'RUNNING')]
    expect(remaining(all, H)).toEqual(ids(all))
  })

  it('unit is (UID,name)', () => {
    const units = ['foo/bar', 'foo1/baz', 'foo2/bar']
    const all = units.flatMap((unit) => dead(unit, [2, 1, 0]))
    expect(remaining(all, H)).toEqual(ids(...units.map((unit) => dead(unit, [2, 1]))))
  })

  it('fair share', () => {
    const units = ['foo/a', 'foo1/b', 'foo2/c', 'foo3/d', 'foo4/e']
    const { removals } = collect(
      units.flatMap((unit) => dead(unit, [1, 0])),
      H,
    )
    expect(removals.map(({ container }) => container.id)).toEqual(
      ids(...units.map((unit) => dead(unit, [0]))),
    )
    expect(new Set(removals.map(({ because }) => because))).toEqual(new Set(['fair-share']))
  })

  it('fair share then oldest', () => {
    const rows = [[2, 1], [2, 1], [1], [0], [1], [0], [2], [1]]
    const all = rows.flatMap((times, index) => dead(`foo${index || ''}/bar`, times))
    const kept = [dead('foo/bar', [2]), dead('foo1/bar', [2]), dead('foo2/bar', [1])]
    expect(remaining(all, H)).toEqual(
      ids(...kept, dead('foo4/bar', [1]), dead('foo6/bar', [2]), dead('foo7/bar', [1])),
    )
    expect(collect(all, H).ties).toEqual([])
  })

  it('eviction mode', () => {
    const all = [
      ...dead('foo/bar', [2, 1]),
      ...dead('foo1/bar', [2, 1]),
      ...dead('running/bar', [1]),
      ...dead('foo3/bar', [0], 'RUNNING'),
    ]
    expect(remaining(all, H, ['foo', 'foo1'])).toEqual(['running/bar 1 EXITED', 'foo3/bar 0 RUNNING'])
  })

  it('deleted pod', () => {
    const all = [...dead('foo/bar', [1, 0]), ...dead('deleted/bar', [NOW, 1, 0])]
    expect(remaining(all, H, ['deleted'])).toEqual(ids(dead('foo/bar', [1, 0]), dead('deleted/bar', [NOW])))
  })

  it('sources not ready', () => {
    expect(remaining(dead('deleted/bar', [0]), H, ['deleted'], false)).toEqual(['deleted/bar 0 EXITED'])
  })

  it('unknown state', () => {
    const { removals } = collect(dead('foo/bar', [0], 'UNKNOWN'), policy(HOUR, 0, 0))
    expect(removals).toMatchObject([{ container: { id: 'foo/bar 0 UNKNOWN' }, stopsFirst: true }])
  })
})

describe('what a naive collection gets wrong (semantics §2.1, §2.2)', () => {
  it('takes one created exactly the minimum age ago, however lately it died', () => {
    const all = [...dead('foo/old', [NOW - HOUR]), ...dead('foo/young', [NOW - HOUR + 1])]
    expect(removedIds(all, policy(HOUR, 0, -1))).toEqual(ids(dead('foo/old', [NOW - HOUR])))
  })

  it('takes one that never started', () => {
    expect(removedIds(dead('foo/bar', [0], 'CREATED'), policy(0, 0, -1))).toEqual(['foo/bar 0 CREATED'])
  })

  it('enforces the limit of a container though the node is below its own', () => {
    expect(removedIds(dead('foo/bar', [2, 1, 0]), policy(0, 1, 6))).toHaveLength(2)
  })

  it('shares the limit of the node among units rather than take the oldest of all at once', () => {
    const all = [...dead('old/bar', [1, 0]), ...dead('new/bar', [9, 8, 7])]
    expect(remaining(all, policy(0, -1, 3))).toEqual(['old/bar 1 EXITED', 'new/bar 9 EXITED'])
  })

  it('leaves a unit one container where the limit of the node is smaller than the units are many', () => {
    const all = ['a/c', 'b/c', 'c/c'].flatMap((unit, index) => dead(unit, [index + 10, index]))
    expect(remaining(all, policy(0, -1, 2))).toEqual(['b/c 11 EXITED', 'c/c 12 EXITED'])
  })

  it('counts no container of a pod that is gone against the limit of the node', () => {
    const all = [...dead('gone/bar', [5, 4]), ...dead('foo/bar', [1, 0])]
    expect(removedIds(all, policy(0, -1, 2), ['gone'])).toEqual(ids(dead('gone/bar', [4, 5])))
  })

  it('removes oldest first, but all of a unit in the reverse of the listing', () => {
    const all = dead('foo/bar', [1, 3, 2])
    const oldestFirst = removedIds(all, policy(0, 1, -1))
    expect([oldestFirst, removedIds(all, policy(0, 0, -1))]).toEqual([
      ids(dead('foo/bar', [1, 2])),
      ids(dead('foo/bar', [2, 3, 1])),
    ])
  })

  it('keeps one dead container of each by default', () => {
    expect(remaining(dead('foo/bar', [2, 1, 0]), DEFAULT_CONTAINER_GC_POLICY)).toEqual(['foo/bar 2 EXITED'])
  })
})
