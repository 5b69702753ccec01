import { describe, expect, it } from 'vitest'
import { EVICTION_SIGNALS, observeSignals, resourceOf, type EvictionSignal } from './signals.ts'

const V28 = { minor: 28, patch: 9 }
const V29 = { minor: 29, patch: 0 }
const filesystems = {
  nodefs: { availableBytes: 1, capacityBytes: 2, inodesFree: 3, inodes: 4, at: 5 },
  imagefs: { availableBytes: 11, capacityBytes: 12, inodesFree: 13, inodes: 14, at: 15 },
  containerfs: { availableBytes: 21, capacityBytes: 22, inodesFree: 23, inodes: 24 },
}

describe('signals (semantics §3.1)', () => {
  const rows: [EvictionSignal, [number, number, number | undefined], string][] = [
    // available, capacity, time stamp
    ['nodefs.available', [1, 2, 5], 'ephemeral-storage'],
    ['nodefs.inodesFree', [3, 4, 5], 'inodes'],
    ['imagefs.available', [11, 12, 15], 'ephemeral-storage'],
    ['imagefs.inodesFree', [13, 14, 15], 'inodes'],
    ['containerfs.available', [21, 22, undefined], 'ephemeral-storage'],
    ['containerfs.inodesFree', [23, 24, undefined], 'inodes'],
  ]

  it.each(rows)('%s', (signal, [available, capacity, at], resource) => {
    expect(observeSignals(filesystems, V29)[signal]).toEqual({ available, capacity, at })
    expect(resourceOf(signal)).toBe(resource)
  })

  it('are all of them', () => expect(rows.map(([signal]) => signal)).toEqual(EVICTION_SIGNALS))

  it('missing values make no observation', () => {
    const { availableBytes, ...withoutAvailable } = filesystems.nodefs
    const { inodes, ...withoutInodes } = filesystems.nodefs
    expect([availableBytes, inodes]).toEqual([1, 4])
    expect(Object.keys(observeSignals({ nodefs: withoutAvailable }, V29))).toEqual(['nodefs.inodesFree'])
    expect(Object.keys(observeSignals({ nodefs: withoutInodes }, V29))).toEqual(['nodefs.available'])
    expect(observeSignals({}, V29)).toEqual({})
  })

  it('imagefs.inodesFree: up to 1.28 only where the byte values exist too', () => {
    const inodesAlone = { nodefs: { inodesFree: 3, inodes: 4 }, imagefs: { inodesFree: 3, inodes: 4 } }
    expect([V28, V29].map((version) => Object.keys(observeSignals(inodesAlone, version)))).toEqual([
      ['nodefs.inodesFree'],
      ['nodefs.inodesFree', 'imagefs.inodesFree'],
    ])
    expect(observeSignals(filesystems, V28)['imagefs.inodesFree']?.available).toBe(13)
  })
})
