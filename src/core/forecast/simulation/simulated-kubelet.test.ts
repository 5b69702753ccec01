import { describe, expect, it } from 'vitest'
import { scriptedKubelet } from './scripted-world.contract.ts'
import { justStarted } from './simulated-kubelet.ts'

describe('settings (semantics §1.1, §3.2)', () => {
  const quantities = (kubelet: ReturnType<typeof scriptedKubelet>) =>
    kubelet.thresholds.map(({ signal, quantity }) => `${signal} ${quantity}`)

  it('high and low threshold, minimum and maximum age: 85, 80, 2 min, off', () => {
    expect(scriptedKubelet(30).imageGc).toEqual({
      highThresholdPercent: 85,
      lowThresholdPercent: 80,
      minimumAge: 120_000,
      maximumAge: 0,
    })
    const set = {
      imageGCHighThresholdPercent: 70,
      imageGCLowThresholdPercent: 60,
      imageMinimumGCAge: '5m',
      imageMaximumGCAge: '168h',
    }
    expect(scriptedKubelet(30, set).imageGc).toEqual({
      highThresholdPercent: 70,
      lowThresholdPercent: 60,
      minimumAge: 300_000,
      maximumAge: 604_800_000,
    })
  })

  it('minimum age: zero in the file is replaced by 2 min', () => {
    expect(scriptedKubelet(30, { imageMinimumGCAge: '0s' }).imageGc.minimumAge).toBe(120_000)
  })

  it('evictionPressureTransitionPeriod: 5 min, and 0 becomes that', () => {
    const periods = [
      {},
      { evictionPressureTransitionPeriod: '0s' },
      { evictionPressureTransitionPeriod: '30s' },
    ]
    expect(periods.map((settings) => scriptedKubelet(30, settings).transitionPeriod)).toEqual([
      300_000, 300_000, 30_000,
    ])
  })

  it('evictionMaxPodGracePeriod: 0 s', () => {
    const periods = [{}, { evictionMaxPodGracePeriod: 7 }]
    expect(periods.map((settings) => scriptedKubelet(30, settings).maxPodGracePeriod)).toEqual([0, 7000])
  })

  it('localStorageCapacityIsolation: on', () => {
    const switches = [{}, { localStorageCapacityIsolation: true }, { localStorageCapacityIsolation: false }]
    expect(switches.map((settings) => scriptedKubelet(30, settings).hasLocalStorageIsolation)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('container garbage collection: as flags say, else one dead container of each (semantics §2.1)', () => {
    const flags = { minimumAge: 5, maxPerPodContainer: 2, maxContainers: 9 }
    expect(scriptedKubelet(30).containerGc).toEqual({
      minimumAge: 0,
      maxPerPodContainer: 1,
      maxContainers: -1,
    })
    expect(scriptedKubelet(30, {}, { containerGc: flags }).containerGc).toEqual(flags)
  })

  it('thresholds, with those of the container filesystem from 1.29 on (semantics §3.4)', () => {
    const settings = { evictionHard: { 'nodefs.available': '10%' } }
    expect(quantities(scriptedKubelet(28, settings))).toEqual(['nodefs.available 10%'])
    expect(quantities(scriptedKubelet(29, settings))).toEqual([
      'nodefs.available 10%',
      'containerfs.available 10%',
    ])
  })
})

describe('a kubelet that has just started (semantics §0.2)', () => {
  it('runs every loop at once, and knows nothing', () => {
    const { next, images, hasDiskPressure, cleaningUp, admittedUntil, effects } = justStarted(1000)
    for (const at of Object.values(next)) expect([at > 1000, at < 1100]).toEqual([true, true])
    expect([images.records.length, hasDiskPressure, cleaningUp, admittedUntil]).toEqual([
      0,
      false,
      null,
      1000,
    ])
    expect(Object.values(effects).map(({ size }) => size)).toEqual([0, 0, 0, 0])
  })
})
