import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collectSandboxes, type ListedSandbox } from './sandboxes.ts'

const R = true
const N = false
const sandbox = (podUid: string, isReady: boolean, createdAt = 0): ListedSandbox => ({
  id: `${podUid}${createdAt}`,
  podUid,
  isReady,
  createdAt,
})
const remaining = (
  sandboxes: readonly ListedSandbox[],
  gone: readonly string[],
  containers: readonly { sandboxId: string }[] = [],
) => {
  const { removed } = collectSandboxes(sandboxes, containers, (podUid) => gone.includes(podUid))
  return sandboxes.filter((one) => !removed.includes(one)).map(({ id }) => id)
}

describe('sandboxes (semantics §2.7)', () => {
  it.each([
    ['deleted pod: N', [sandbox('x', N)], ['x'], [], []],
    ['deleted pod: R', [sandbox('x', R)], ['x'], [], ['x0']],
    ['pod A: R; pod B: N', [sandbox('A', R), sandbox('B', N)], [], [], ['A0', 'B0']],
    ['pod A: N new, N old', [sandbox('A', N, 1), sandbox('A', N, 0)], [], [], ['A1']],
    [
      'pod A: N new, N old, one exited in old',
      [sandbox('A', N, 1), sandbox('A', N, 0)],
      [],
      ['A0'],
      ['A1', 'A0'],
    ],
    [
      'pod A: R (running); pod B: N (terminated), eviction mode',
      [sandbox('A', R), sandbox('B', N)],
      ['B'],
      [],
      ['A0'],
    ],
    ['deleted pod: N, one exited in it', [sandbox('x', N)], ['x'], ['x0'], ['x0']],
    [
      'A: R new, N old; B: N new with container, N old; deleted: N',
      [sandbox('A', R, 1), sandbox('A', N, 0), sandbox('B', N, 1), sandbox('B', N, 0), sandbox('x', N)],
      ['x'],
      ['B1'],
      ['A1', 'B1'],
    ],
  ])('%s', (_, sandboxes, gone, containersIn, left) => {
    expect(
      remaining(
        sandboxes,
        gone,
        containersIn.map((sandboxId) => ({ sandboxId })),
      ),
    ).toEqual(left)
  })
})

describe('what a naive collection gets wrong (semantics §2.2)', () => {
  it('spares the newest of a pod that lives, though an older one is the one in use', () => {
    expect(remaining([sandbox('A', N, 2), sandbox('A', R, 1), sandbox('A', N, 0)], [])).toEqual(['A2', 'A1'])
  })

  it('removes oldest first, but all of a pod in the reverse of the listing', () => {
    const all = [sandbox('A', N, 1), sandbox('A', N, 2), sandbox('A', N, 0)]
    const order = (isGone: boolean) => collectSandboxes(all, [], () => isGone).removed.map(({ id }) => id)
    expect([order(false), order(true)]).toEqual([
      ['A0', 'A1'],
      ['A0', 'A2', 'A1'],
    ])
  })

  it('leaves undefined which of several newest is spared', () => {
    const twins = [
      { ...sandbox('A', N), id: 'a' },
      { ...sandbox('A', N), id: 'b' },
    ]
    const ties = (all: readonly ListedSandbox[]) => collectSandboxes(all, [], () => false).ties
    expect(ties(twins)).toMatchObject([{ count: { min: 1, max: 1 } }])
    expect(ties([...twins, { ...sandbox('A', R), id: 'c' }])).toMatchObject([{ count: { min: 1, max: 2 } }])
    expect(ties(twins.map((twin) => ({ ...twin, isReady: R })))).toEqual([])
  })

  it('never removes one that is ready or holds a container, nor the last of a pod that lives', () => {
    const listings = fc
      .array(
        fc.record({
          podUid: fc.constantFrom('p', 'q'),
          isReady: fc.boolean(),
          createdAt: fc.nat(5),
          holds: fc.boolean(),
        }),
      )
      .map((all) => all.map((one, index) => ({ ...one, id: `${index}` })))
    fc.assert(
      fc.property(listings, (all) => {
        const containers = all.filter(({ holds }) => holds).map(({ id }) => ({ sandboxId: id }))
        const { removed } = collectSandboxes(all, containers, (podUid) => podUid === 'q')
        expect(removed.filter(({ isReady, holds }) => isReady || holds)).toEqual([])
        const living = all.filter(({ podUid }) => podUid === 'p')
        expect(living.length === 0 || living.some((one) => !removed.includes(one))).toBe(true)
      }),
    )
  })
})
