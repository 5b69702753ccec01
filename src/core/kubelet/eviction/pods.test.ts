import { describe, expect, it } from 'vitest'
import { isAdmitted, isExempt, type EvictablePod, type PressureCondition } from './pods.ts'

const pod = (more: Partial<EvictablePod> = {}): EvictablePod => ({
  uid: 'u',
  namespace: 'kube-system',
  name: 'p',
  ...more,
})
const CRITICAL = 2_000_000_000
const ordinary = pod()
const daemon = pod({ priority: CRITICAL + 1000 })
const fromFile = pod({ isStatic: true })
const mirror = pod({ isMirror: true })

describe('who is never evicted (semantics §3.9)', () => {
  it.each<[string, EvictablePod, boolean, boolean]>([
    // up to 1.16, from 1.17 on
    ['an ordinary pod', ordinary, false, false],
    ['kube-proxy, CoreDNS, CNI daemon sets', daemon, false, true],
    ['system-cluster-critical', pod({ priority: CRITICAL }), false, true],
    ['just below a system priority', pod({ priority: CRITICAL - 1 }), false, false],
    ['a static pod with a critical mirror', pod({ isStatic: true, hasCriticalMirror: true }), true, true],
    ['a static pod with another mirror', pod({ isStatic: true, hasCriticalMirror: false }), false, true],
    ['a static pod without a mirror', fromFile, true, true],
    ['a mirror pod', mirror, false, true],
  ])('%s', (_, one, before, since) => {
    expect([16, 17].map((minor) => isExempt(one, { minor, patch: 0 }))).toEqual([before, since])
  })
})

describe('admission while under pressure (semantics §3.12)', () => {
  const bestEffort = { isBestEffort: true, toleratesPressure: false }
  const tolerant = { isBestEffort: true, toleratesPressure: true }
  const critical = [daemon, fromFile, mirror]
  const admits = (conditions: readonly PressureCondition[], one = ordinary) =>
    [undefined, bestEffort, tolerant].map((memory) => isAdmitted(one, conditions, memory))

  it('none: all', () => expect(admits([])).toEqual([true, true, true]))

  it('any, and pod is critical: yes', () => {
    for (const one of critical) {
      expect(isAdmitted(one, ['DiskPressure', 'MemoryPressure', 'PIDPressure'], bestEffort)).toBe(true)
    }
  })

  it('only MemoryPressure: not best-effort, or tolerating it', () => {
    expect(admits(['MemoryPressure'])).toEqual([true, false, true])
  })

  it.each<[PressureCondition[]]>([
    [['DiskPressure']],
    [['PIDPressure']],
    [['MemoryPressure', 'DiskPressure']],
  ])('anything with DiskPressure or PIDPressure: no, whatever the tolerations: %j', (conditions) => {
    expect(admits(conditions)).toEqual([false, false, false])
  })
})
