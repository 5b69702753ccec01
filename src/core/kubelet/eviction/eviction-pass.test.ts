import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assessPressure,
  isReclaimEnough,
  NO_PRESSURE_KNOWN,
  type EvictionManagerState,
} from './eviction-pass.ts'
import { observeSignals } from './signals.ts'
import { evictionThresholds, type EvictionThreshold } from './thresholds.ts'

const V20 = { minor: 20, patch: 2 }
const V21 = { minor: 21, patch: 0 }
const V36 = { minor: 36, patch: 2 }
const MINUTE = 60_000
const GIB = 2 ** 30

/** One filesystem of 1000 GiB for all, with so much available; without a time, at one that is not told. */
const observed = (gib: number, at?: number) => {
  const figures = { availableBytes: gib * GIB, capacityBytes: 1000 * GIB, inodesFree: 1e6, inodes: 2e6, at }
  return observeSignals({ nodefs: figures, imagefs: figures }, V20)
}

/** Numbers are those of the steps of semantics §3.6, letters those of its worked examples in §3.13. */
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
      const pass = assessPressure(state, thresholds, observed(gib, at), at, 5 * MINUTE)
      state = pass.state
      return [pass.hasDiskPressure, pass.starved.map(({ kind }) => kind).join(' ')]
    })
  }

  it('E: soft and hard over time', () => {
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

  it('8: starts a soft grace anew once it has cleared', () => {
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
          [5.9, 2],
          [6, 2],
        ],
      ),
    ).toEqual([
      [true, 'hard'],
      [true, 'hard'],
      [true, ''],
      [true, ''],
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

  it('9: a soft threshold raises DiskPressure at once, though its grace runs', () => {
    expect(run([soft], [[0, 1]])).toEqual([[true, '']])
  })

  it('10: acts when the grace has elapsed to the instant', () => {
    const after = (minute: number) =>
      run(
        [soft],
        [
          [0, 1],
          [minute, 1],
        ],
      )[1]
    expect([after(1.99), after(2)]).toEqual([
      [true, ''],
      [true, 'soft'],
    ])
  })

  it('7: holds to its minimum reclaim only what it has acted on', () => {
    const waiting = { ...soft, minimumReclaim: '1Gi' }
    const steps = [
      [0, 1.5],
      [1, 2.5],
      [3, 2.5],
    ] as const
    expect(run([waiting], steps).map(([, starved]) => starved)).toEqual(['', '', ''])
    expect(run([{ ...waiting, gracePeriod: 0 }], steps).map(([, starved]) => starved)).toEqual([
      'soft',
      'soft',
      'soft',
    ])
  })

  it('11: a sample of unknown time counts as new', () => {
    const first = assessPressure(NO_PRESSURE_KNOWN, [hard], observed(0), 10, 5 * MINUTE)
    expect(assessPressure(first.state, [hard], observed(0), 20, 5 * MINUTE).starved).toEqual([hard])
    expect(assessPressure(first.state, [hard], observed(0, 5), 20, 5 * MINUTE).starved).toEqual([hard])
  })

  it('11: a stale sample holds the threshold in force all the same', () => {
    const first = assessPressure(NO_PRESSURE_KNOWN, [hard], observed(0, 1), 10, 5 * MINUTE)
    const second = assessPressure(first.state, [hard], observed(0, 1), 20, 5 * MINUTE)
    expect(second.state).toMatchObject({
      actedOn: [hard],
      firstObserved: [{ threshold: hard, at: 10 }],
      pressureSeenAt: 20,
    })
  })

  it('14: names the signals in their order, whatever that of the thresholds', () => {
    const inodes: EvictionThreshold = { ...hard, signal: 'nodefs.inodesFree', quantity: '60%' }
    const images: EvictionThreshold = { ...hard, signal: 'imagefs.available' }
    const { starved } = assessPressure(NO_PRESSURE_KNOWN, [images, inodes, hard], observed(0), 0, MINUTE)
    expect(starved.map(({ signal }) => signal)).toEqual([
      'nodefs.available',
      'nodefs.inodesFree',
      'imagefs.available',
    ])
  })

  it('16: a reclaim is not enough while a threshold of any signal is met', () => {
    const inodes: EvictionThreshold = { ...hard, signal: 'nodefs.inodesFree', quantity: '60%' }
    expect([
      isReclaimEnough([hard], observed(16), V21),
      isReclaimEnough([hard, inodes], observed(16), V21),
    ]).toEqual([true, false])
  })

  it('11: acts no second time on a sample that is no newer', () => {
    const observations = observed(0, 1)
    const first = assessPressure(NO_PRESSURE_KNOWN, [hard], observations, 10, 5 * MINUTE)
    const second = assessPressure(first.state, [hard], observations, 20, 5 * MINUTE)
    expect([first.starved.length, second.starved.length, second.hasDiskPressure]).toEqual([1, 0, true])
  })

  it('5: ignores a threshold whose signal is not observed', () => {
    expect(assessPressure(NO_PRESSURE_KNOWN, [hard], {}, 0, MINUTE).starved).toEqual([])
  })

  it('on one filesystem the higher percentage wins, though it is that of the images (the trap of §3.2)', () => {
    const thresholds = evictionThresholds({}, V20)
    const at14 = observed(140)
    expect(
      assessPressure(NO_PRESSURE_KNOWN, thresholds, at14, 0, MINUTE).starved.map(({ signal }) => signal),
    ).toEqual(['imagefs.available'])
  })

  it('16: judges a reclaim without the minimum reclaim up to 1.20, and with it from 1.21 on', () => {
    const threshold = { ...hard, minimumReclaim: '500Mi' }
    const enough = (gib: number, version: typeof V20) => isReclaimEnough([threshold], observed(gib), version)
    expect([enough(1.2, V20), enough(1.2, V21), enough(16, V21)]).toEqual([true, false, true])
  })

  it('never has pressure with more space than with less', () => {
    const thresholds = evictionThresholds({}, V36)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (a, b) => {
        const starvedAt = (gib: number) =>
          assessPressure(NO_PRESSURE_KNOWN, thresholds, observed(gib), 0, MINUTE).starved.length
        expect(starvedAt(Math.max(a, b))).toBeLessThanOrEqual(starvedAt(Math.min(a, b)))
      }),
    )
  })
})
