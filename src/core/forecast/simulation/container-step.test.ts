import { describe, expect, it } from 'vitest'
import { reclaimContainers } from './container-step.ts'
import { justStarted } from './simulated-kubelet.ts'
import type { DeadContainer, World } from './world.ts'

const dead = (id: string, createdAt: number, isPodGone = false): DeadContainer => ({
  id,
  podUid: isPodGone ? 'gone' : 'living',
  pod: isPodGone ? 'log/es-0' : 'log/kibana',
  name: 'c',
  state: 'EXITED',
  createdAt,
  isPodGone,
})
const quiet: World = {
  filesystems: () => undefined,
  filesystemsAfterReclaim: () => undefined,
  images: () => [],
  imageName: () => undefined,
  imageId: () => undefined,
  isImageInUse: () => () => false,
  activePods: () => [],
  limitedPods: () => [],
  steadyUntil: (at) => at,
  deadContainers: () => [],
  arrivals: () => [],
}
const worldOf = (all: readonly DeadContainer[]): World => ({
  ...quiet,
  deadContainers: (_, { removedContainers }) => all.filter(({ id }) => !removedContainers.has(id)),
})

describe('reclaiming containers', () => {
  const world = worldOf([dead('es', 1, true), dead('a', 5), dead('b', 5), dead('c', 5), dead('old', 2)])
  const { state, actions } = reclaimContainers(world, justStarted(0), 100)

  it('takes what is certain, and of those of one age so many, nobody knows which', () => {
    expect(actions).toMatchObject([
      {
        victims: [{ id: 'es' }, { id: 'old' }],
        victimSet: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
        taken: { min: 2, max: 2 },
      },
    ])
  })

  it('takes the same no second time', () => {
    expect(state.effects.removedContainers.size).toBe(4)
    expect(reclaimContainers(world, state, 200).actions).toMatchObject([{ victims: [], victimSet: [] }])
  })
})
