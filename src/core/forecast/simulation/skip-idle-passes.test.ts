import { describe, expect, it } from 'vitest'
import { detectImages, NO_IMAGES_KNOWN } from '../../kubelet/image-gc/image-records.ts'
import { observeSignals } from '../../kubelet/eviction/signals.ts'
import type { Instant } from '../../units/instant.ts'
import {
  GIB,
  MINUTE,
  scriptedKubelet,
  scriptedWorld,
  SECOND,
  type Script,
} from './scripted-world.contract.ts'
import { justStarted, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import { skipIdlePasses } from './skip-idle-passes.ts'
import type { SignalLevel, World } from './world.ts'

const HOUR = 60 * MINUTE
const AT = HOUR
const FAR = 20 * 24 * HOUR
const next = {
  eviction: AT + 10 * SECOND,
  detection: AT + MINUTE,
  containerGc: AT + 5 * SECOND,
  imageGc: AT + 2 * MINUTE,
}

/** When each loop runs next where nothing changes until an instant; and the levels that were asked about. */
function skipped(
  steadyUntil: Instant,
  {
    script = {},
    kubelet = scriptedKubelet(20),
    state = {},
  }: { script?: Script; kubelet?: SimulatedKubelet; state?: Partial<SimulationState> } = {},
) {
  const asked: SignalLevel[] = []
  const world: World = {
    ...scriptedWorld(script),
    steadyUntil: (_, __, levels) => {
      asked.push(...levels)
      return steadyUntil
    },
  }
  const before: SimulationState = { ...justStarted(0), next, ...state }
  const filesystems = world.filesystems(AT, before.effects) ?? {}
  const after = skipIdlePasses(kubelet, world, before, observeSignals(filesystems, kubelet.version), AT)
  return { next: after.next, asked }
}

describe('which passes are left out', () => {
  it('those that find what the last has found, but for the last look at images', () => {
    const { next: later } = skipped(AT + 10 * MINUTE)
    expect(later).toEqual({
      eviction: next.eviction + 59 * 10_027,
      detection: next.detection + 5 * MINUTE,
      containerGc: next.containerGc + 10 * MINUTE,
      imageGc: next.imageGc + 5 * MINUTE,
    })
    expect(skipped(AT + 10 * MINUTE + 5000).next.containerGc).toBe(next.containerGc + 10 * MINUTE)
  })

  it('under pressure not the last one before something changes, which says what it tried', () => {
    const threshold = { signal: 'nodefs.available', kind: 'hard', quantity: '1Gi', gracePeriod: 0 } as const
    const eviction = { ...justStarted(0).eviction, firstObserved: [{ threshold, at: AT }] }
    const { next: later } = skipped(AT + 10 * MINUTE, { state: { eviction } })
    expect(later.eviction).toBe(next.eviction + 58 * 10_027)
  })

  it('none where something changes at once', () => {
    expect(skipped(AT).next).toEqual(next)
    expect(skipped(next.eviction).next).toMatchObject({ eviction: next.eviction })
  })

  it('a pass a day is made all the same', () => {
    const { next: later } = skipped(FAR)
    for (const loop of ['eviction', 'detection', 'containerGc', 'imageGc'] as const) {
      expect(later[loop] - next[loop]).toBeGreaterThan(23 * HOUR)
      expect(later[loop] - next[loop]).toBeLessThan(24 * HOUR + 11 * SECOND)
    }
  })

  it('asks about every level: of thresholds, with the minimum reclaim, and of the collection of images', () => {
    const kubelet = scriptedKubelet(20, {
      evictionHard: { 'nodefs.available': '1Gi', 'nodefs.inodesFree': '1%' },
      evictionMinimumReclaim: { 'nodefs.available': '1Gi' },
    })
    const { asked } = skipped(FAR, { kubelet })
    expect(asked).toEqual([
      { signal: 'nodefs.available', value: GIB },
      { signal: 'nodefs.available', value: 2 * GIB },
      // One per cent in the kubelet's 32-bit float.
      { signal: 'nodefs.inodesFree', value: 9999 },
      { signal: 'imagefs.available', value: 160 * GIB },
    ])
    const off = scriptedKubelet(20, { imageGCHighThresholdPercent: 100, evictionHard: {} })
    expect(skipped(FAR, { kubelet: off }).asked).toEqual([{ signal: 'imagefs.available', value: 0 }])
  })

  it('no collection of images that is over its threshold', () => {
    expect(skipped(FAR, { script: { nodefs: () => 160 * GIB } }).next.imageGc).toBeGreaterThan(next.imageGc)
    expect(skipped(FAR, { script: { nodefs: () => 160 * GIB - 1 } }).next.imageGc).toBe(next.imageGc)
  })

  it('no collection that looks at the age of images, where the version does', () => {
    const aging = { imageMaximumGCAge: '168h' }
    const leftOut = (minor: number) =>
      skipped(FAR, { kubelet: scriptedKubelet(minor, aging) }).next.imageGc > next.imageGc
    expect([leftOut(28), leftOut(29)]).toEqual([true, false])
  })

  it('no collection of containers while there are dead ones, or a pod is being cleaned up', () => {
    const dead = {
      id: 'c',
      podUid: 'u',
      pod: 'default/p',
      name: 'c',
      state: 'EXITED',
      createdAt: 0,
      isPodGone: false,
    } as const
    expect(skipped(FAR, { script: { dead: [dead] } }).next.containerGc).toBe(next.containerGc)
    const cleaningUp = { uids: ['u'], until: AT + MINUTE }
    expect(skipped(FAR, { state: { cleaningUp } }).next.containerGc).toBe(next.containerGc)
  })

  it('the pass that follows when an image gets old enough to go is made', () => {
    const kubelet = scriptedKubelet(30, { imageMinimumGCAge: '30m' })
    const seenAt = (at: Instant) =>
      detectImages(
        NO_IMAGES_KNOWN,
        { listed: [{ id: 'new' }], inUse: new Set() },
        at,
        'periodic',
        kubelet.rules,
      )
    const evictionAfter = (at: Instant) =>
      skipped(FAR, { kubelet, state: { images: seenAt(at) } }).next.eviction
    expect(evictionAfter(AT - 20 * MINUTE)).toBeGreaterThanOrEqual(AT + 10 * MINUTE)
    expect(evictionAfter(AT - 20 * MINUTE)).toBeLessThan(AT + 10 * MINUTE + 11 * SECOND)
    // Old enough already.
    expect(evictionAfter(AT - 30 * MINUTE)).toBeGreaterThan(AT + 23 * HOUR)
  })

  it('the pass that follows the end of DiskPressure is made, while nothing is in force', () => {
    const seen = { ...justStarted(0).eviction, pressureSeenAt: AT - MINUTE }
    const evictionWith = (state: Partial<SimulationState>) => skipped(FAR, { state }).next.eviction
    const ending = evictionWith({ hasDiskPressure: true, eviction: seen })
    expect([ending >= AT + 4 * MINUTE, ending < AT + 4 * MINUTE + 11 * SECOND]).toEqual([true, true])
    expect(evictionWith({ hasDiskPressure: false, eviction: seen })).toBeGreaterThan(AT + 23 * HOUR)
    const threshold = { signal: 'nodefs.available', kind: 'hard', quantity: '1Gi', gracePeriod: 0 } as const
    const inForce = { ...seen, firstObserved: [{ threshold, at: AT }] }
    expect(evictionWith({ hasDiskPressure: true, eviction: inForce })).toBeGreaterThan(AT + 23 * HOUR)
  })
})
