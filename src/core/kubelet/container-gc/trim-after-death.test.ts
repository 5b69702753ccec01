import { describe, expect, it } from 'vitest'
import { trimAfterDeath } from './trim-after-death.ts'
import type { ListedContainer } from './dead-containers.ts'

const exited = (name: string, createdAt: number, state: ListedContainer['state'] = 'EXITED') => ({
  id: `${name}${createdAt}`,
  podUid: 'u',
  name,
  state,
  createdAt,
})
const pod = [exited('a', 3), exited('a', 2), exited('a', 1), exited('b', 2), exited('b', 1)]
const requested = (maxPerPodContainer: number, isPodOver = false, all = pod) =>
  trimAfterDeath(all, { name: 'a', isPodOver }, { maxPerPodContainer }).requested.map(({ id }) => id)

describe('trimming after a container died (semantics §2.4)', () => {
  it.each([
    ['the newest one is kept', 1, false, ['a2', 'a1']],
    ['so many are kept', 2, false, ['a1']],
    ['a limit of 0 is reached by the next pass only', 0, false, ['a2', 'a1']],
    ['no limit still trims to one', -1, false, ['a2', 'a1']],
    ['of a pod that is over none is kept, of no name', 1, true, ['a3', 'a2', 'b2', 'a1', 'b1']],
  ])('%s', (_, limit, isOver, ids) => expect(requested(limit, isOver)).toEqual(ids))

  it('looks at exited containers only', () => {
    const all = [
      exited('a', 9, 'RUNNING'),
      exited('a', 8, 'CREATED'),
      exited('a', 7, 'UNKNOWN'),
      exited('a', 6),
    ]
    expect(requested(1, false, all)).toEqual([])
    expect(requested(1, true, all)).toEqual(['a6'])
  })

  it('leaves what finds the queue full to the next pass', () => {
    const { requested: asked, dropped } = trimAfterDeath(
      pod,
      { name: 'a', isPodOver: true },
      { maxPerPodContainer: 1 },
      3,
    )
    expect([asked.length, dropped.length]).toEqual([3, 2])
    const many = Array.from({ length: 60 }, (_, index) => exited('a', index))
    const full = trimAfterDeath(many, { name: 'a', isPodOver: true }, { maxPerPodContainer: 1 })
    expect([full.requested.length, full.dropped.length]).toEqual([50, 10])
  })

  it('leaves undefined which of two of one age is kept', () => {
    const twins = [
      { ...exited('a', 5), id: 'x' },
      { ...exited('a', 5), id: 'y' },
    ]
    const { ties } = trimAfterDeath(
      [...twins, exited('a', 1)],
      { name: 'a', isPodOver: false },
      { maxPerPodContainer: 1 },
    )
    expect(ties).toEqual([{ among: twins, count: { min: 1, max: 1 } }])
  })
})
