import { describe, expect, it } from 'vitest'
import {
  defaultHardThresholds,
  evictionThresholds,
  isThresholdMet,
  thresholdLevels,
  withContainerFilesystem,
  type EvictionSettings,
  type EvictionThreshold,
} from './thresholds.ts'
import type { FilesystemLayout } from './layout.ts'

const V28 = { minor: 28, patch: 9 }
const V29 = { minor: 29, patch: 9 }
const V30 = { minor: 30, patch: 0 }
const V32 = { minor: 32, patch: 9 }
const V33 = { minor: 33, patch: 0 }
const GIB = 2 ** 30
/** Each as `signal quantity`. */
const told = (thresholds: readonly EvictionThreshold[]) =>
  thresholds.map(({ signal, quantity }) => `${signal} ${quantity}`)
const thresholds = (settings: EvictionSettings, version = V30) => told(evictionThresholds(settings, version))

describe('Linux default hard thresholds (semantics §3.2)', () => {
  it.each([
    ['nodefs.available', '10%', '10%'],
    ['nodefs.inodesFree', '5%', '5%'],
    ['imagefs.available', '15%', '15%'],
    ['imagefs.inodesFree', undefined, '5%'],
  ])('%s', (signal, in29, in30) => {
    expect([V29, V30].map((version) => defaultHardThresholds(version)[signal])).toEqual([in29, in30])
  })

  it('hold when nothing is set, and no soft ones', () => {
    expect(thresholds({}, V29)).toEqual([
      'nodefs.available 10%',
      'nodefs.inodesFree 5%',
      'imagefs.available 15%',
    ])
    expect(evictionThresholds({}, V30).map(({ kind, gracePeriod }) => [kind, gracePeriod])).toEqual(
      Array.from({ length: 4 }, () => ['hard', 0]),
    )
  })
})

describe('parsing (semantics §3.2)', () => {
  const evictionHard = { 'nodefs.available': '1Gi' }

  it('a user map replaces all of the defaults, an empty one too', () => {
    expect(thresholds({ evictionHard })).toEqual(['nodefs.available 1Gi'])
    expect(thresholds({ evictionHard: {} })).toEqual([])
  })

  it('≥1.33 mergeDefaultEvictionSettings fills in the missing keys', () => {
    const merge = { evictionHard, mergeDefaultEvictionSettings: true }
    expect(thresholds(merge, V32)).toEqual(['nodefs.available 1Gi'])
    expect(thresholds({ evictionHard, mergeDefaultEvictionSettings: false }, V33)).toEqual([
      'nodefs.available 1Gi',
    ])
    expect(thresholds(merge, V33)).toEqual([
      'nodefs.available 1Gi',
      'nodefs.inodesFree 5%',
      'imagefs.available 15%',
      'imagefs.inodesFree 5%',
    ])
  })

  it.each(['0%', '100%', '0', '150%', 'much'])('%s means no threshold', (quantity) => {
    expect(thresholds({ evictionHard: { 'nodefs.available': quantity } })).toEqual([])
  })

  it('soft ones have the grace period and the minimum reclaim of their signal', () => {
    const settings = {
      evictionHard: { 'nodefs.available': '1Gi' },
      evictionSoft: { 'nodefs.available': '2Gi', 'imagefs.available': '20%' },
      evictionSoftGracePeriod: { 'nodefs.available': '2m', 'imagefs.available': '90s' },
      evictionMinimumReclaim: { 'nodefs.available': '500Mi' },
    }
    expect(evictionThresholds(settings, V30)).toEqual([
      { signal: 'nodefs.available', kind: 'hard', quantity: '1Gi', gracePeriod: 0, minimumReclaim: '500Mi' },
      {
        signal: 'nodefs.available',
        kind: 'soft',
        quantity: '2Gi',
        gracePeriod: 120_000,
        minimumReclaim: '500Mi',
      },
      {
        signal: 'imagefs.available',
        kind: 'soft',
        quantity: '20%',
        gracePeriod: 90_000,
        minimumReclaim: undefined,
      },
    ])
  })
})

describe('whether one is met (semantics §3.2)', () => {
  const met = (quantity: string, available: number, minimumReclaim?: string) =>
    (['threshold', 'threshold-and-minimum-reclaim'] as const).map((counts) =>
      isThresholdMet(
        { signal: 'nodefs.available', kind: 'hard', quantity, gracePeriod: 0, minimumReclaim },
        { available, capacity: 1000 * GIB },
        counts,
      ),
    )

  it.each<[string, string, number, string | undefined, boolean, boolean]>([
    // without and with the minimum reclaim
    ['less is available', '1Gi', GIB - 1, undefined, true, true],
    ['equality is not met', '1Gi', GIB, undefined, false, false],
    ['a quantity more', '1Gi', 1.2 * GIB, '500Mi', false, true],
    ['equality with the quantity more', '1Gi', GIB + 500 * 2 ** 20, '500Mi', false, false],
    ['a quantity of 0 more', '1Gi', GIB, '0', false, false],
    ['a share more', '10%', 110 * GIB, '5%', false, true],
    ['both shares are had', '10%', 151 * GIB, '5%', false, false],
    ['all of it more', '1Gi', 1000 * GIB, '100%', false, true],
  ])('%s', (_, quantity, available, reclaim, ...expected) => {
    expect(met(quantity, available, reclaim)).toEqual(expected)
  })

  it('worked example I (semantics §3.13): 30 % of 1000Gi', () => {
    expect([100, 400].map((gib) => met('30%', gib * GIB)[0])).toEqual([true, false])
  })

  it('no threshold is never met', () => expect(met('0%', 0, '5%')).toEqual([false, false]))

  it('changes at the level itself, and with the minimum reclaim', () => {
    const levels = (quantity: string, minimumReclaim?: string) =>
      thresholdLevels(
        { signal: 'nodefs.available', kind: 'hard', quantity, gracePeriod: 0, minimumReclaim },
        1000,
      )
    expect([levels('50'), levels('50', '25'), levels('100%', '25')]).toEqual([[50], [50, 75], []])
  })
})

describe('containerfs thresholds (semantics §3.4)', () => {
  const settings: EvictionSettings = {
    evictionHard: { 'nodefs.available': '10%', 'nodefs.inodesFree': '6%', 'imagefs.available': '15%' },
    evictionSoft: { 'imagefs.available': '20%' },
    evictionSoftGracePeriod: { 'imagefs.available': '1m' },
  }
  const copies = (layout: FilesystemLayout, version = V29, of = settings) => {
    const own = evictionThresholds(of, version)
    const all = withContainerFilesystem(own, layout, version)
    expect(all.slice(0, own.length)).toEqual(own)
    return all.slice(own.length).map(({ signal, kind, quantity }) => `${kind} ${signal} ${quantity}`)
  }

  it.each<[FilesystemLayout, string[]]>([
    ['single', ['hard containerfs.available 10%', 'hard containerfs.inodesFree 6%']],
    ['split-container', ['hard containerfs.available 10%', 'hard containerfs.inodesFree 6%']],
    ['dedicated-image', ['hard containerfs.available 15%', 'soft containerfs.available 20%']],
  ])('%s', (layout, expected) => expect(copies(layout)).toEqual(expected))

  it('replace what the user set', () => {
    const evictionHard = { ...settings.evictionHard, 'containerfs.available': '50%' }
    expect(copies('single', V29, { ...settings, evictionHard })).toEqual(copies('single'))
  })

  it('there are none up to 1.28', () => expect(copies('single', V28)).toEqual([]))
})
