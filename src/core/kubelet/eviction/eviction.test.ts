import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuantity } from '../../units/quantity.ts'
import {
  assessPressure,
  isReclaimEnough,
  NO_PRESSURE_KNOWN,
  type EvictionManagerState,
} from './eviction-pass.ts'
import { evictionGrace } from './grace-period.ts'
import { canEvict, responseTo } from './layout.ts'
import { exceededLimit } from './local-limits.ts'
import { isAdmitted, isExempt, type EvictablePod } from './pods.ts'
import { measuredUsage, rankForEviction } from './ranking.ts'
import { observeSignals, type NodeFilesystems } from './signals.ts'
import {
  evictionThresholds,
  withContainerFilesystem,
  type EvictionSettings,
  type EvictionThreshold,
} from './thresholds.ts'

const V16 = { minor: 16, patch: 0 }
const V20 = { minor: 20, patch: 2 }
const V21 = { minor: 21, patch: 0 }
const V36 = { minor: 36, patch: 2 }
const MINUTE = 60_000
const GIB = 2 ** 30
const bytes = (text: string) => parseQuantity(text) ?? Number.NaN

const pod = (
  name: string,
  [writable, log, volume]: readonly string[],
  more: Partial<EvictablePod> = {},
): EvictablePod => ({
  uid: name,
  namespace: 'default',
  name,
  usage: {
    writableBytes: bytes(writable ?? '0'),
    logBytes: bytes(log ?? '0'),
    volumeBytes: bytes(volume ?? '0'),
  },
  ...more,
})
const order = (
  pods: readonly EvictablePod[],
  signal: 'nodefs.available' | 'nodefs.inodesFree' = 'nodefs.available',
) => rankForEviction(pods, signal, 'single').map((group) => group.map(({ name }) => name).join('='))

describe('ranking (semantics §3.13)', () => {
  it('A: by amount over request', () => {
    const rows: [string, string, string, string, string][] = [
      ['guaranteed-low', '25Mi', '45Mi', '50Mi', '400Mi'],
      ['burstable-low', '25Mi', '35Mi', '50Mi', '100Mi'],
      ['best-effort-high', '50Mi', '100Mi', '150Mi', '0'],
      ['guaranteed-high', '225Mi', '100Mi', '50Mi', '400Mi'],
      ['best-effort-low', '25Mi', '25Mi', '50Mi', '0'],
      ['burstable-high', '150Mi', '150Mi', '50Mi', '100Mi'],
    ]
    const pods = rows.map(([name, r, l, v, request]) =>
      pod(name, [r, l, v], { requestBytes: bytes(request) }),
    )
    expect(order(pods)).toEqual([
      'best-effort-high',
      'burstable-high',
      'best-effort-low',
      'burstable-low',
      'guaranteed-high',
      'guaranteed-low',
    ])
  })

  it('B: exceeding, then priority, then amount', () => {
    const rows: [string, string, string, number][] = [
      ['8 below, high prio, low', '200', '1Gi', 1],
      ['3 above, high prio, high', '600', '100', 1],
      ['5 below, low prio, high', '800', '1Gi', -1],
      ['1 above, low prio, high', '500', '0', -1],
      ['7 below, high prio, high', '800', '1Gi', 1],
      ['2 above, low prio, low', '50', '0', -1],
      ['6 below, low prio, low', '200', '1Gi', -1],
      ['4 above, high prio, low', '150', '100', 1],
    ]
    const pods = rows.map(([name, used, request, priority]) =>
      pod(name, [used], { requestBytes: bytes(request), priority }),
    )
    expect(order(pods).map((name) => Number(name[0]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('C: one that exceeds its request goes before one of lower priority that does not', () => {
    const a = pod('a', ['199Mi'], { requestBytes: bytes('200Mi'), priority: -1 })
    const b = pod('b', ['101Mi'], { requestBytes: bytes('100Mi'), priority: 1 })
    expect(order([a, b])).toEqual(['b', 'a'])
  })

  it('D: inodes, larger first; the bytes requested are subtracted from them all the same', () => {
    const inodes = (name: string, count: number, requestBytes = 0) =>
      pod(name, [], {
        requestBytes,
        usage: { writableBytes: 0, logBytes: 0, volumeBytes: 0, volumeInodes: count },
      })
    expect(
      order([inodes('c', 200_000), inodes('a', 400_000), inodes('b', 300_000)], 'nodefs.inodesFree'),
    ).toEqual(['a', 'b', 'c'])
    expect(order([inodes('a', 400_000, GIB), inodes('b', 10)], 'nodefs.inodesFree')).toEqual(['b', 'a'])
  })

  it('E: of the timeline', () => {
    const pods = [
      pod('P0', ['900Mi'], { priority: -1 }),
      pod('P1', ['0', '50Mi'], { priority: 0 }),
      pod('P2', ['400Mi'], { priority: 0 }),
      pod('P3', ['0'], { priority: 1 }),
      pod('P4', ['100Mi'], { priority: -1 }),
    ]
    expect(order(pods)).toEqual(['P0', 'P4', 'P2', 'P1', 'P3'])
  })

  it('puts a pod without stats before its like, and ties together', () => {
    const pods = [pod('a', ['5']), pod('b', ['5']), pod('unknown', [], { usage: undefined })]
    expect(order(pods)).toEqual(['unknown', 'a=b'])
  })

  it('counts by layout (semantics §3.5)', () => {
    const one = pod('p', ['1', '20', '300'])
    expect(measuredUsage(one, 'nodefs.available', 'single')).toBe(321)
    expect(measuredUsage(one, 'nodefs.available', 'dedicated-image')).toBe(320)
    expect(measuredUsage(one, 'imagefs.available', 'dedicated-image')).toBe(1)
    expect(measuredUsage(one, 'imagefs.available', 'split-container')).toBe(0)
  })
})

describe('thresholds (semantics §3.2)', () => {
  const signals = (settings: EvictionSettings, version = V20) =>
    evictionThresholds(settings, version).map(({ signal, quantity }) => `${signal} ${quantity}`)

  it('has the defaults of the version', () => {
    expect(signals({})).toEqual(['nodefs.available 10%', 'nodefs.inodesFree 5%', 'imagefs.available 15%'])
    expect(signals({}, V36)).toContain('imagefs.inodesFree 5%')
    expect(signals({}, { minor: 29, patch: 9 })).not.toContain('imagefs.inodesFree 5%')
  })

  it('lets a user map replace all of them, but for 1.33 on when told to merge', () => {
    const evictionHard = { 'nodefs.available': '1Gi' }
    expect(signals({ evictionHard })).toEqual(['nodefs.available 1Gi'])
    expect(signals({ evictionHard, mergeDefaultEvictionSettings: true }, V21)).toEqual([
      'nodefs.available 1Gi',
    ])
    expect(signals({ evictionHard, mergeDefaultEvictionSettings: true }, V36)).toEqual([
      'nodefs.available 1Gi',
      'nodefs.inodesFree 5%',
      'imagefs.available 15%',
      'imagefs.inodesFree 5%',
    ])
  })

  it('takes 0% and 100% for none', () => {
    expect(signals({ evictionHard: { 'nodefs.available': '0%', 'imagefs.available': '100%' } })).toEqual([])
  })

  it('copies for the container filesystem, from 1.29 on (semantics §3.4)', () => {
    const thresholds = evictionThresholds(
      { evictionHard: { 'nodefs.available': '10%', 'imagefs.available': '15%' } },
      V36,
    )
    const copied = (layout: 'single' | 'dedicated-image' | 'split-container') =>
      withContainerFilesystem(thresholds, layout, V36).filter(({ signal }) =>
        signal.startsWith('containerfs'),
      )[0]?.quantity
    expect([copied('single'), copied('dedicated-image'), copied('split-container')]).toEqual([
      '10%',
      '15%',
      '10%',
    ])
    expect(withContainerFilesystem(thresholds, 'single', V20)).toHaveLength(2)
  })
})

/** A node with one filesystem of this size, and so much available. */
const single = (
  availableBytes: number,
  { capacityBytes = 1000 * GIB, at }: { capacityBytes?: number; at?: number } = {},
): NodeFilesystems => {
  const figures = { availableBytes, capacityBytes, inodesFree: 1e6, inodes: 2e6, at }
  return { nodefs: figures, imagefs: figures }
}

describe('a pass (semantics §3.6)', () => {
  const soft: EvictionThreshold = {
    signal: 'nodefs.available',
    kind: 'soft',
    quantity: '2Gi',
    gracePeriod: 2 * MINUTE,
  }
  const hard: EvictionThreshold = {
    signal: 'nodefs.available',
    kind: 'hard',
    quantity: '1Gi',
    gracePeriod: 0,
  }
  const run = (
    thresholds: readonly EvictionThreshold[],
    steps: readonly (readonly [minute: number, gib: number])[],
  ) => {
    let state: EvictionManagerState = NO_PRESSURE_KNOWN
    return steps.map(([minute, gib]) => {
      const at = minute * MINUTE
      const pass = assessPressure(
        state,
        thresholds,
        observeSignals(single(gib * GIB, { at })),
        at,
        5 * MINUTE,
      )
      state = pass.state
      return [pass.hasDiskPressure, pass.starved.map(({ kind }) => kind).join(' ')]
    })
  }

  it('E: soft and hard over time (semantics §3.13)', () => {
    const steps = [
      [0, 16],
      [1, 1.5],
      [4, 1.5],
      [24, 16],
      [25, 0.5],
      [26, 16],
      [31, 16],
    ] as const
    expect(run([hard, soft], steps)).toEqual([
      [false, ''],
      [true, ''],
      [true, 'soft'],
      [false, ''],
      [true, 'hard'],
      [true, ''],
      [false, ''],
    ])
  })

  it('starts a soft grace anew once it has cleared', () => {
    expect(
      run(
        [soft],
        [
          [0, 1],
          [1, 3],
          [2, 1],
          [3, 1],
          [4, 1],
        ],
      ).map(([, starved]) => starved),
    ).toEqual(['', '', '', '', 'soft'])
  })

  it('G: goes on until the minimum reclaim is had too', () => {
    const threshold = { ...hard, minimumReclaim: '500Mi' }
    expect(
      run(
        [threshold],
        [
          [0, 0.5],
          [1, 1.2],
          [2, 2],
          [6.9, 2],
          [7, 2],
        ],
      ),
    ).toEqual([
      [true, 'hard'],
      [true, 'hard'],
      [true, ''],
      [false, ''],
      [false, ''],
    ])
    expect(run([threshold], [[0, 1.2]])).toEqual([[false, '']])
  })

  it('I: a percentage, and equality is not met', () => {
    const percent = { ...hard, quantity: '30%' }
    expect(
      run(
        [percent],
        [
          [0, 100],
          [1, 400],
        ],
      ).map(([, starved]) => starved),
    ).toEqual(['hard', ''])
    expect(run([hard], [[0, 1]])[0]).toEqual([false, ''])
  })

  it('acts no second time on a sample that is no newer', () => {
    const observations = observeSignals(single(0, { at: 1 }))
    const first = assessPressure(NO_PRESSURE_KNOWN, [hard], observations, 10, 5 * MINUTE)
    const second = assessPressure(first.state, [hard], observations, 20, 5 * MINUTE)
    expect([first.starved.length, second.starved.length, second.hasDiskPressure]).toEqual([1, 0, true])
  })

  it('ignores a threshold whose signal is not observed', () => {
    expect(
      assessPressure(NO_PRESSURE_KNOWN, [hard], observeSignals({ nodefs: {} }), 0, MINUTE).starved,
    ).toEqual([])
  })

  it('on one filesystem the higher percentage wins, though it is that of the images (the trap of §3.2)', () => {
    const thresholds = evictionThresholds({}, V20)
    const at14 = observeSignals(single(140 * GIB))
    expect(
      assessPressure(NO_PRESSURE_KNOWN, thresholds, at14, 0, MINUTE).starved.map(({ signal }) => signal),
    ).toEqual(['imagefs.available'])
  })

  it('F: judges a reclaim without the minimum reclaim up to 1.20, and with it from 1.21 on', () => {
    const threshold = { ...hard, minimumReclaim: '500Mi' }
    const enough = (gib: number, version: typeof V20) =>
      isReclaimEnough([threshold], observeSignals(single(gib * GIB)), version)
    expect([enough(1.2, V20), enough(1.2, V21), enough(16, V21)]).toEqual([true, false, true])
  })

  it('never has pressure with more space than with less', () => {
    const thresholds = evictionThresholds({}, V36)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (a, b) => {
        const starvedAt = (gib: number) =>
          assessPressure(NO_PRESSURE_KNOWN, thresholds, observeSignals(single(gib * GIB)), 0, MINUTE).starved
            .length
        expect(starvedAt(Math.max(a, b))).toBeLessThanOrEqual(starvedAt(Math.min(a, b)))
      }),
    )
  })
})

describe('layouts (semantics §3.5, §3.13 H)', () => {
  it.each([
    ['nodefs.available', 'single', ['containers', 'images']],
    ['nodefs.available', 'dedicated-image', []],
    ['imagefs.available', 'dedicated-image', ['containers', 'images']],
    ['nodefs.available', 'split-container', ['containers']],
    ['imagefs.available', 'split-container', ['images']],
  ] as const)('%s on %s reclaims %j', (signal, layout, reclaims) => {
    expect(responseTo(signal, layout).reclaims).toEqual(reclaims)
  })

  it('evicts on a split layout only with the gate (semantics §3.3)', () => {
    const at = (minor: number, gate?: boolean) => canEvict('split-container', { minor, patch: 0 }, gate)
    expect([at(28), at(29), at(29, true), at(31), at(31, false)]).toEqual([false, false, true, true, false])
  })
})

describe('who is spared (semantics §3.9, §3.12)', () => {
  const kubeProxy = pod('kube-proxy', ['1'], { priority: 2_000_001_000 })
  const fromFile = pod('etcd', ['1'], { isStatic: true, hasCriticalMirror: true })

  it('before 1.17 only static pods with a critical mirror, so that kube-proxy goes', () => {
    expect([isExempt(kubeProxy, V16), isExempt(kubeProxy, V20)]).toEqual([false, true])
    expect([isExempt(fromFile, V16), isExempt({ ...fromFile, hasCriticalMirror: false }, V16)]).toEqual([
      true,
      false,
    ])
    expect(isExempt({ ...fromFile, hasCriticalMirror: false }, V20)).toBe(true)
  })

  it('admits critical pods only under DiskPressure, whatever the tolerations', () => {
    const ordinary = pod('p', ['1'])
    expect([
      isAdmitted(ordinary, ['DiskPressure']),
      isAdmitted(kubeProxy, ['DiskPressure']),
      isAdmitted(ordinary, []),
    ]).toEqual([false, true, true])
  })
})

describe('grace periods (semantics §3.10)', () => {
  const own = { maxPodGracePeriod: 5000, podGracePeriod: 30_000 }
  it.each([
    ['hard', 20, own, 0, 0, 10_000],
    ['hard', 22, own, 0, 30_000, 10_000],
    ['hard', 31, own, 1000, 2000, 10_000],
    ['soft', 20, { maxPodGracePeriod: 60_000, podGracePeriod: 30_000 }, 60_000, 60_000, 90_000],
    ['soft', 25, { maxPodGracePeriod: 60_000, podGracePeriod: 30_000 }, 30_000, 30_000, 45_000],
    ['soft', 25, { maxPodGracePeriod: 0, podGracePeriod: 30_000 }, 0, 30_000, 10_000],
    ['soft', 31, { maxPodGracePeriod: 60_000, podGracePeriod: 30_000 }, 60_000, 60_000, 90_000],
    ['soft', 32, { maxPodGracePeriod: 60_000, podGracePeriod: 30_000 }, 30_000, 30_000, 45_000],
    ['local-limit', 20, own, 0, 0, 10_000],
  ] as const)('%s in 1.%d', (kind, minor, settings, requested, effective, waitsAtMost) => {
    expect(evictionGrace(kind, { minor, patch: 0 }, settings)).toEqual({ requested, effective, waitsAtMost })
  })
})

describe('local limits (semantics §3.8, §3.13 J)', () => {
  const limited = { uid: 'u', emptyDirs: [], containers: [], volumeBytes: 0 }
  const container = (more: object) => ({ ...limited, containers: [{ name: 'c', ...more }] })

  it.each([
    ['a writable layer', container({ limitBytes: GIB, writableBytes: 2 * GIB }), 'pod'],
    ['a log', container({ limitBytes: GIB, logBytes: 2 * GIB }), 'pod'],
    [
      'an emptyDir',
      { ...limited, emptyDirs: [{ name: 'e', limitBytes: GIB, usedBytes: 2 * GIB }] },
      'empty-dir',
    ],
    [
      'one container of two',
      {
        ...limited,
        containers: [
          { name: 'c', limitBytes: GIB, logBytes: 2 * GIB },
          { name: 'd', limitBytes: 9 * GIB },
        ],
      },
      'container',
    ],
    ['nothing', container({ limitBytes: GIB, logBytes: GIB }), undefined],
    ['no limit', container({ logBytes: 9 * GIB }), undefined],
  ])('%s', (_, over, kind) => {
    expect(exceededLimit(over, 'single', V36)?.kind).toBe(kind)
  })

  it('counts writable layers for the pod on a single filesystem only, up to 1.20', () => {
    const over = container({ limitBytes: GIB, writableBytes: 2 * GIB })
    expect(exceededLimit(over, 'dedicated-image', V20)).toBeUndefined()
    expect(exceededLimit(over, 'dedicated-image', V21)?.kind).toBe('pod')
  })
})
