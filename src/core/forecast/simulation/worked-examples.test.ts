import { describe, expect, it } from 'vitest'
import type { FilesystemLayout } from '../../kubelet/eviction/layout.ts'
import { detectImages, NO_IMAGES_KNOWN, type ListedImage } from '../../kubelet/image-gc/image-records.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { admitArrivals } from './admission-step.ts'
import { passEviction } from './eviction-step.ts'
import {
  GIB,
  MIB,
  MINUTE,
  scriptedKubelet,
  scriptedPod,
  scriptedWorld,
  SECOND,
} from './scripted-world.contract.ts'
import { simulate } from './simulate.ts'
import { justStarted, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import { NO_EFFECTS, type Effects } from './world.ts'

/** The pods of example E: memory requests only, so that none of them requests ephemeral storage. */
const P0_TO_P4 = [
  scriptedPod('P0', [900], { priority: -1 }),
  scriptedPod('P1', [0, 50], { priority: 0 }),
  scriptedPod('P2', [400], { priority: 0 }),
  scriptedPod('P3', [], { priority: 1 }),
  scriptedPod('P4', [100], { priority: -1 }),
]
/** Without the five-minute collection, which is no part of the examples. */
const SOFT_AND_HARD = {
  imageGCHighThresholdPercent: 100,
  evictionHard: { 'nodefs.available': '1Gi' },
  evictionSoft: { 'nodefs.available': '2Gi' },
  evictionSoftGracePeriod: { 'nodefs.available': '2m' },
  evictionMaxPodGracePeriod: 5,
}
const RECLAIMING = {
  imageGCHighThresholdPercent: 100,
  evictionHard: { 'nodefs.available': '1Gi' },
  evictionMinimumReclaim: { 'nodefs.available': '500Mi' },
}

/** An image that may go: the kubelet knows of it for as long as can be. */
const IDLE = [{ id: 'idle', sizeBytes: 1 }]

/** Each action as its kind with the names of its victims. */
const told = (actions: readonly SimulatedAction[]) =>
  actions.map(({ kind, victims }) => [kind, ...victims.map(({ name }) => name)].join(' '))
/** The pods that are killed, each with the seconds it gets. */
const killed = (actions: readonly SimulatedAction[]) =>
  actions
    .filter(({ kind }) => kind === 'evict-pod')
    .map(({ victims, why }) => [victims[0]?.name, (why.params as { graceSeconds: number }).graceSeconds])

/** Passes of an eviction manager at single instants; the pods are there again for each, as in the kubelet's own tests. */
function passes(kubelet: SimulatedKubelet) {
  const known = detectImages(
    NO_IMAGES_KNOWN,
    { listed: IDLE, inUse: new Set() },
    -10 * MINUTE,
    'periodic',
    kubelet.rules,
  )
  let state: SimulationState = { ...justStarted(0), images: known }
  return (minute: number, available: (effects: Effects) => number, images: readonly ListedImage[] = []) => {
    const at = minute * MINUTE
    const arrivals = [{ at, pod: scriptedPod('best-effort') }]
    const nodefs = (_: Instant, effects: Effects) => available(effects)
    const world = scriptedWorld({ nodefs, pods: P0_TO_P4, images, arrivals })
    const { state: after, actions } = passEviction(kubelet, world, { ...state, effects: NO_EFFECTS }, at)
    state = after
    const admission: SimulationState = { ...after, admittedUntil: at - 1 }
    return {
      hasPressure: state.hasDiskPressure,
      killed: killed(actions),
      kinds: actions.map(({ kind }) => kind),
      isAdmitted: admitArrivals(kubelet, world, admission, at).actions.length === 0,
    }
  }
}

describe('worked example E: soft and hard timeline (semantics §3.13)', () => {
  // minute, GiB available, DiskPressure, killed with its grace up to 1.21 and from 1.31 on, best-effort admission
  const rows = [
    [0, 16, false, [], [], true],
    [1, 1.5, true, [], [], false],
    [4, 1.5, true, [['P0', 5]], [['P0', 5]], false],
    [24, 16, false, [], [], true],
    // 1 s is requested from 1.31 on, and raised to 2 s for the runtime (§3.10).
    [25, 0.5, true, [['P0', 0]], [['P0', 2]], false],
    [26, 16, true, [], [], false],
    [31, 16, false, [], [], true],
  ] as const

  it.each([
    ['1.20', 20, 0.5],
    ['1.36, with 750Mi as the hard step', 36, 750 / 1024],
  ])('in %s', (_, minor, hardStep) => {
    const pass = passes(scriptedKubelet(minor, SOFT_AND_HARD))
    for (const [minute, gib, hasPressure, before, since, isAdmitted] of rows) {
      const available = gib === 0.5 ? hardStep : gib
      const expected = { hasPressure, killed: minor < 31 ? before : since, isAdmitted }
      expect([minute, pass(minute, () => available * GIB)]).toMatchObject([minute, expected])
    }
  })

  it('through time, each pod going once and its going helping', () => {
    const available = (at: Instant, { evicted }: Effects) => {
      if (at >= 25 * MINUTE) return (evicted.size > 1 ? 16 : 0.5) * GIB
      return (at >= MINUTE && evicted.size === 0 ? 1.5 : 16) * GIB
    }
    const arrivals = [0.5, 1.5, 4, 24, 25.5, 26, 31].map((minute) => ({
      at: minute * MINUTE,
      pod: scriptedPod(`at ${minute}`),
    }))
    const world = scriptedWorld({ nodefs: available, pods: P0_TO_P4, arrivals })
    const { actions } = simulate(scriptedKubelet(20, SOFT_AND_HARD), world, justStarted(0), 40 * MINUTE)
    const timeline = actions.filter(({ kind }) => kind !== 'reclaim-containers' && kind !== 'reclaim-images')
    // A pass every ten seconds: what it finds it finds within eleven.
    expect(timeline.map((action) => [Math.floor(action.at / MINUTE), ...told([action])])).toEqual([
      [1, 'pressure'],
      [1, 'reject-pod at 1.5'],
      [3, 'evict-pod P0'],
      [4, 'reject-pod at 4'],
      [8, 'pressure-cleared'],
      [25, 'pressure'],
      [25, 'evict-pod P4'],
      [25, 'reject-pod at 25.5'],
      [26, 'reject-pod at 26'],
      [30, 'pressure-cleared'],
    ])
    expect(killed(actions)).toEqual([
      ['P0', 5],
      ['P4', 0],
    ])
  })
})

describe('worked example F: reclaim suffices (semantics §3.13)', () => {
  it('row by row', () => {
    const pass = passes(scriptedKubelet(36, RECLAIMING))
    const reclaims = ['reclaim-containers', 'reclaim-images']
    expect(pass(0, () => 16 * GIB)).toMatchObject({ hasPressure: false, kinds: [] })
    expect(pass(1, (effects) => (effects.removedImages.size > 0 ? 16 : 0.9) * GIB, IDLE)).toMatchObject({
      hasPressure: true,
      kinds: ['pressure', ...reclaims],
      killed: [],
    })
    expect(pass(2, () => 16 * GIB)).toMatchObject({ hasPressure: true, kinds: [] })
    expect(pass(6, () => 16 * GIB)).toMatchObject({ hasPressure: false, kinds: ['pressure-cleared'] })
    expect(pass(21, () => 400 * MIB)).toMatchObject({
      hasPressure: true,
      kinds: ['pressure', ...reclaims, 'evict-pod'],
      killed: [['P0', 2]],
    })
    expect(pass(22, () => 16 * GIB)).toMatchObject({ hasPressure: true, kinds: [] })
    expect(pass(25.99, () => 16 * GIB)).toMatchObject({ hasPressure: true, kinds: [] })
    expect(pass(26, () => 16 * GIB)).toMatchObject({ hasPressure: false, kinds: ['pressure-cleared'] })
  })

  it('through time', () => {
    const script = {
      // The first shortage a collection ends, the second nothing but the going of a pod.
      nodefs: (at: Instant, { removedImages, evicted }: Effects) => {
        if (at < 20 * MINUTE) return at >= 10 * MINUTE && removedImages.size === 0 ? 0.9 * GIB : 16 * GIB
        return evicted.size === 0 ? 400 * MIB : 16 * GIB
      },
      images: IDLE,
      pods: P0_TO_P4,
    }
    const kubelet = scriptedKubelet(36, RECLAIMING)
    const { actions } = simulate(kubelet, scriptedWorld(script), justStarted(0), 30 * MINUTE)
    expect(actions.map((action) => [Math.floor(action.at / MINUTE), ...told([action])])).toEqual([
      [10, 'pressure'],
      [10, 'reclaim-containers'],
      [10, 'reclaim-images name of idle'],
      [15, 'pressure-cleared'],
      [20, 'pressure'],
      [20, 'reclaim-containers'],
      [20, 'reclaim-images'],
      [20, 'evict-pod P0'],
      [25, 'pressure-cleared'],
    ])
  })
})

describe('worked example G: minimum reclaim (semantics §3.13)', () => {
  /** The same steps as there, of nodefs where nothing can be reclaimed, as of memory. */
  const steps = [
    [0, 0.5],
    [1, 1.2],
    [2, 2],
    [5.99, 2],
    [6, 2],
  ] as const
  const run = (minor: number, layout: FilesystemLayout) => {
    const pass = passes(scriptedKubelet(minor, RECLAIMING, { layout }))
    return steps.map(([minute, gib]) => {
      const { killed: pods, hasPressure } = pass(minute, () => gib * GIB)
      return [pods.length, hasPressure]
    })
  }

  it.each([20, 36])('kills until it is had too, in 1.%d', (minor) => {
    expect(run(minor, 'dedicated-image')).toEqual([
      [1, true],
      [1, true],
      [0, true],
      [0, true],
      [0, false],
    ])
  })

  it('up to 1.20 a reclaim is judged without it, so that nobody more is killed on a single filesystem', () => {
    const counts = (minor: number) => run(minor, 'single').map(([pods]) => pods)
    expect([counts(20), counts(21)]).toEqual([
      [1, 0, 0, 0, 0],
      [1, 1, 0, 0, 0],
    ])
    const pass = passes(scriptedKubelet(20, RECLAIMING))
    pass(0, () => 0.5 * GIB)
    expect(pass(1, () => 1.2 * GIB)).toMatchObject({
      kinds: ['reclaim-containers', 'reclaim-images'],
      hasPressure: true,
    })
  })
})

describe('worked example H: which reclaim runs (semantics §3.13)', () => {
  it.each<[string, FilesystemLayout, 'nodefs' | 'imagefs', string[]]>([
    ['dedicated & split, nodefs short', 'split-container', 'nodefs', ['reclaim-containers']],
    [
      'dedicated & not split, imagefs short',
      'dedicated-image',
      'imagefs',
      ['reclaim-containers', 'reclaim-images'],
    ],
    ['single, nodefs short', 'single', 'nodefs', ['reclaim-containers', 'reclaim-images']],
  ])('%s', (_, layout, short, reclaims) => {
    const kubelet = scriptedKubelet(31, { evictionHard: { [`${short}.available`]: '1Gi' } }, { layout })
    const available = (filesystem: string) => () => (filesystem === short ? 0.5 : 500) * GIB
    const world = scriptedWorld({
      nodefs: available('nodefs'),
      ...(layout === 'single' ? {} : { imagefs: available('imagefs') }),
      pods: [scriptedPod('only', [1, 1, 1])],
    })
    const { actions } = passEviction(kubelet, world, justStarted(0), MINUTE)
    expect(told(actions)).toEqual(['pressure', ...reclaims, 'evict-pod only'])
  })
})

describe('worked example J: local limits (semantics §3.13)', () => {
  const container = (more: object) => [{ name: 'c', limitBytes: GIB, ...more }]
  const limits = { emptyDirs: [], containers: [], volumeBytes: 0 }
  const pods = [
    scriptedPod('R', [2048], {
      limits: { ...limits, uid: 'R', containers: container({ writableBytes: 2 * GIB }) },
    }),
    scriptedPod('L', [0, 2048], {
      limits: { ...limits, uid: 'L', containers: container({ logBytes: 2 * GIB }) },
    }),
    scriptedPod('V', [0, 0, 2048], {
      limits: { ...limits, uid: 'V', emptyDirs: [{ name: 'e', limitBytes: GIB, usedBytes: 2 * GIB }] },
    }),
    scriptedPod('within', [1], {
      limits: { ...limits, uid: 'within', containers: container({ writableBytes: GIB }) },
    }),
  ]

  it('each is evicted in one pass, whatever the disk, with 1 s requested and 2 s given from 1.31 on', () => {
    const { actions } = simulate(scriptedKubelet(31), scriptedWorld({ pods }), justStarted(0), SECOND)
    expect(told(actions)).toEqual(['evict-pod R', 'evict-pod L', 'evict-pod V'])
    expect(killed(actions).map(([, grace]) => grace)).toEqual([2, 2, 2])
  })

  it('a critical one stays, and without isolation of local storage all do', () => {
    const critical = pods.map((pod) => ({ ...pod, priority: 2_000_000_000 }))
    const first = (kubelet: SimulatedKubelet, all = pods) =>
      simulate(kubelet, scriptedWorld({ pods: all }), justStarted(0), SECOND).actions
    expect(first(scriptedKubelet(31), critical)).toEqual([])
    expect(first(scriptedKubelet(31, { localStorageCapacityIsolation: false }))).toEqual([])
  })
})
