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
  imagesInUse: () => new Set(),
  podsOfImage: () => [],
  activePods: () => [],
  measured: (some) => some,
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

describe('collecting containers every minute (semantics §2.2)', () => {
  const world = worldOf([dead('es', 1, true), dead('new', 9), dead('old', 2)])
  const { state, actions } = collectContainers(kubelet, world, justStarted(0), 100)

  it('tells what goes and why, with nothing left open where no ages are alike', () => {
    expect(actions).toEqual([
      {
        at: 100,
        kind: 'container-gc',
        victims: [
          { kind: 'container', id: 'es', name: 'c', pod: 'log/es-0' },
          { kind: 'container', id: 'old', name: 'c', pod: 'log/kibana' },
        ],
        victimSet: [],
        why: { key: 'simulate.why.container-gc', params: null },
      },
    ])
  })

  it('remembers when each went, and comes again a minute later', () => {
    expect([...state.effects.removedContainers]).toEqual([
      ['es', 100],
      ['old', 100],
    ])
    expect(state.next.containerGc).toBe(60_100)
  })

  it('keeps what went before', () => {
    const later = worldOf([dead('es', 1, true), dead('late', 3, true)])
    const before = { ...state, effects: { ...state.effects, removedContainers: new Map([['es', 50]]) } }
    const { effects } = collectContainers(kubelet, later, before, 200).state
    expect([...effects.removedContainers]).toEqual([
      ['es', 50],
      ['late', 200],
    ])
  })

  it('of those of one age so many, nobody knows which', () => {
    const twins = worldOf([dead('a', 5), dead('b', 5), dead('old', 2)])
    expect(collectContainers(kubelet, twins, justStarted(0), 100).actions).toMatchObject([
      { victims: [{ id: 'old' }], victimSet: [{ id: 'a' }, { id: 'b' }], taken: { min: 1, max: 1 } },
    ])
  })
})

describe('what the eviction manager is told to reclaim', () => {
  it('is told also where nothing can go', () => {
    const nothing = reclaimContainers(kubelet, quiet, justStarted(0), 100)
    expect(nothing.actions).toEqual([
      {
        at: 100,
        kind: 'reclaim-containers',
        victims: [],
        victimSet: [],
        why: { key: 'simulate.why.reclaim-containers', params: null },
      },
    ])
  })
})
