import { describe, expect, it } from 'vitest'
import { collectContainers, reclaimContainers } from './container-step.ts'
import { justStarted, simulatedKubelet } from './simulated-kubelet.ts'
import { KubeletConfiguration } from '../../kubernetes/kubelet-configuration.ts'
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
  resourcesGoneAt: (_, killedAt) => killedAt,
  deadContainers: () => [],
  arrivals: () => [],
}
const worldOf = (all: readonly DeadContainer[]): World => ({
  ...quiet,
  deadContainers: (_, { removedContainers }) => all.filter(({ id }) => !removedContainers.has(id)),
})

const kubelet = simulatedKubelet(KubeletConfiguration.parse({}), {
  version: { minor: 20, patch: 2 },
  startedAt: 0,
  layout: 'single',
  sandboxImage: undefined,
})

describe('reclaiming containers', () => {
  const world = worldOf([dead('es', 1, true), dead('a', 5), dead('b', 5), dead('c', 5), dead('old', 2)])
  const { state, actions } = reclaimContainers(kubelet, world, justStarted(0), 100)

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
    expect(reclaimContainers(kubelet, world, state, 200).actions).toMatchObject([
      { victims: [], victimSet: [] },
    ])
  })

  it('takes those of a finished pod under pressure, and not every minute', () => {
    const finished = worldOf([{ ...dead('job', 1), isPodFinished: true }])
    expect(collectContainers(kubelet, finished, justStarted(0), 100).actions).toEqual([])
    expect(reclaimContainers(kubelet, finished, justStarted(0), 100).actions).toMatchObject([
      { victims: [{ id: 'job' }] },
    ])
  })
})
