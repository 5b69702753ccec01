import { describe, expect, it } from 'vitest'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import { collectContainers } from './container-step.ts'
import { evictFirst, evictOverLimits } from './evict-pods.ts'
import {
  GIB,
  MIB,
  scriptedKubelet,
  scriptedPod,
  scriptedWorld,
  SECOND,
  type Script,
} from './scripted-world.contract.ts'
import { justStarted } from './simulated-kubelet.ts'
import type { DeadContainer, SimulatedPod } from './world.ts'

const HARD: EvictionThreshold = { signal: 'nodefs.available', kind: 'hard', quantity: '1Gi', gracePeriod: 0 }
const SOFT: EvictionThreshold = { ...HARD, kind: 'soft' }
const AT = 1000 * SECOND
const evict = (
  pods: readonly SimulatedPod[],
  {
    minor = 20,
    threshold = HARD,
    configuration = {},
    script = {},
  }: { minor?: number; threshold?: EvictionThreshold; configuration?: object; script?: Script } = {},
) =>
  evictFirst(
    threshold,
    scriptedKubelet(minor, configuration),
    scriptedWorld({ pods, ...script }),
    justStarted(0),
    AT,
  )

describe('one pod per pass (semantics §3.6 step 18)', () => {
  it('the first of the ranking, and what it is judged by', () => {
    const pods = [
      scriptedPod('small', [10]),
      scriptedPod('large', [20, 5, 5], { requestBytes: 10 * MIB, priority: -3 }),
      scriptedPod('other', [30]),
    ]
    const { actions, state } = evict(pods)
    expect(actions).toEqual([
      {
        at: AT,
        kind: 'evict-pod',
        victims: [{ kind: 'pod', namespace: 'default', name: 'large', uid: 'large' }],
        victimSet: [],
        why: {
          key: 'simulate.why.evict-pod',
          params: {
            signal: 'nodefs.available',
            resource: 'ephemeral-storage',
            used: 30 * MIB,
            requestBytes: 10 * MIB,
            priority: -3,
            isTied: false,
            graceSeconds: 0,
          },
        },
      },
    ])
    expect([...state.effects.evicted]).toEqual([['large', AT]])
    expect(evict([scriptedPod('p')]).actions[0]?.why.params).toMatchObject({ requestBytes: 0, priority: 0 })
  })

  it('passes over those that are exempt: critical ones by version (semantics §3.9)', () => {
    const kubeProxy = scriptedPod('kube-proxy', [90], { priority: 2_000_001_000, requestBytes: 1 })
    const pods = [{ ...kubeProxy }, scriptedPod('ordinary', [10], { requestBytes: 20 * MIB })]
    const first = (minor: number) => evict(pods, { minor }).actions[0]?.victims[0]?.name
    expect([first(16), first(17)]).toEqual(['kube-proxy', 'ordinary'])
    expect(evict([kubeProxy])).toMatchObject({ actions: [], state: justStarted(0) })
  })

  it('a pod without stats first, of which no usage is told', () => {
    const unknown = scriptedPod('unknown', [], { usage: undefined, priority: 9 })
    const { actions } = evict([scriptedPod('p', [10]), unknown])
    expect(actions).toMatchObject([{ victims: [{ name: 'unknown' }], why: { params: { used: null } } }])
  })

  it('of pods that tie any one, nobody knows which', () => {
    const { actions, state } = evict([scriptedPod('a', [5]), scriptedPod('b', [0, 5]), scriptedPod('c', [4])])
    expect(actions).toMatchObject([
      {
        victims: [],
        victimSet: [{ name: 'a' }, { name: 'b' }],
        taken: { min: 1, max: 1 },
        why: { params: { isTied: true } },
      },
    ])
    expect(state.effects.evicted.size).toBe(1)
  })

  it.each([
    ['hard', HARD, 20, 0],
    ['hard', HARD, 22, 45],
    ['hard', HARD, 31, 2],
    ['soft', SOFT, 20, 60],
    ['soft', SOFT, 32, 45],
  ] as const)(
    'grants the grace of a %s threshold in the version (semantics §3.10)',
    (_, threshold, minor, grace) => {
      const { actions } = evict([scriptedPod('p', [1], { graceMs: 45 * SECOND })], {
        minor,
        threshold,
        configuration: { evictionMaxPodGracePeriod: 60 },
      })
      expect(actions[0]?.why.params).toMatchObject({ graceSeconds: grace })
    },
  )
})

describe('the wait for its clean-up (semantics §3.6 step 19, §3.10)', () => {
  const nextPass = (pod: Partial<SimulatedPod>, goneAfter: number, minor = 20) =>
    evict([scriptedPod('p', [1], pod)], { minor, script: { goneAfter } }).state.next.eviction - AT

  it('polls once a second after the kill, up to 30 s', () => {
    expect([0, 1, 1000, 1001, 29_001, 60_000, Infinity].map((goneAfter) => nextPass({}, goneAfter))).toEqual([
      130, 1130, 1130, 2130, 30_130, 30_130, 30_130,
    ])
  })

  it('waits for a pod that takes no notice as long as its grace, and no longer than 10 s where 0 was asked for', () => {
    const stubborn = { ignoresSignal: true, graceMs: 6 * SECOND }
    expect([20, 22, 31].map((minor) => nextPass(stubborn, 0, minor))).toEqual([130, 6130, 2130])
    expect(nextPass({ ignoresSignal: true, graceMs: 60 * SECOND }, 0, 22)).toBe(10_130)
  })

  it('ends early when a collection has removed the last of its containers', () => {
    const dead: DeadContainer = {
      id: 'c',
      podUid: 'p',
      pod: 'default/p',
      name: 'c',
      state: 'EXITED',
      createdAt: 0,
      isPodGone: true,
    }
    const other = { ...dead, id: 'other', podUid: 'living', isPodGone: false }
    const world = scriptedWorld({ pods: [scriptedPod('p', [1])], dead: [dead, other], goneAfter: Infinity })
    const kubelet = scriptedKubelet(20)
    const { state } = evictFirst(HARD, kubelet, world, justStarted(0), AT)
    expect(state.cleaningUp).toEqual({ uids: ['p'], until: AT + 30_130 })
    const collected = collectContainers(kubelet, world, state, AT + 5000).state
    expect([collected.cleaningUp, collected.next.eviction]).toEqual([null, AT + 6000])
    const justBefore = collectContainers(kubelet, world, state, AT + 30_000).state
    expect(justBefore.next.eviction).toBe(AT + 30_130)
  })

  it('goes on while a container of it is left, as one that is too young to be collected', () => {
    const dead: DeadContainer = {
      id: 'c',
      podUid: 'p',
      pod: 'default/p',
      name: 'c',
      state: 'EXITED',
      createdAt: AT,
      isPodGone: true,
    }
    const world = scriptedWorld({ pods: [scriptedPod('p', [1])], dead: [dead], goneAfter: Infinity })
    const kubelet = scriptedKubelet(
      20,
      {},
      { containerGc: { minimumAge: 60 * SECOND, maxPerPodContainer: 1, maxContainers: -1 } },
    )
    const { state } = evictFirst(HARD, kubelet, world, justStarted(0), AT)
    const { state: after } = collectContainers(kubelet, world, state, AT + 5000)
    expect([after.cleaningUp, after.next.eviction]).toEqual([state.cleaningUp, AT + 30_130])
  })
})

describe('every pod over a limit of its own (semantics §3.8)', () => {
  const over = (name: string, more: Partial<SimulatedPod> = {}) =>
    scriptedPod(name, [], {
      limits: {
        uid: name,
        emptyDirs: [{ name: 'cache', limitBytes: GIB, usedBytes: 2 * GIB }],
        containers: [],
        volumeBytes: 0,
      },
      ...more,
    })
  const goes = (pods: readonly SimulatedPod[], minor = 20) =>
    evictOverLimits(scriptedKubelet(minor), scriptedWorld({ pods }), justStarted(0), AT)

  it('goes in the one pass, with the limit it is over', () => {
    const step = goes([over('a'), scriptedPod('within', [900]), over('b')])
    expect(step?.actions).toMatchObject([
      {
        at: AT,
        kind: 'evict-pod',
        victims: [{ name: 'a' }],
        victimSet: [],
        why: {
          key: 'simulate.why.local-limit',
          params: {
            kind: 'empty-dir',
            volume: 'cache',
            limitBytes: GIB,
            usedBytes: 2 * GIB,
            pod: 'default/a',
            graceSeconds: 0,
          },
        },
      },
      { victims: [{ name: 'b' }] },
    ])
    expect(step?.state.effects.evicted.size).toBe(2)
    // One after the other is killed.
    expect(step?.state.next.eviction).toBe(AT + 260)
  })

  it('but for critical ones; and nothing is done where none is', () => {
    expect(goes([over('critical', { isStatic: true })])).toBeUndefined()
    expect(goes([])).toBeUndefined()
  })
})
