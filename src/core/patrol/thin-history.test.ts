import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilesystemReading } from '../observe/observation.ts'
import { thinHistory } from './thin-history.ts'

const MINUTE = 60_000
const reading = (at: number, capacityBytes = 100): FilesystemReading => ({
  at,
  capacityBytes,
  availableBytes: 50,
  usedBytes: 50,
  inodes: 10,
  inodesFree: 5,
})
const every = (step: number, count: number) =>
  Array.from({ length: count }, (_, index) => reading(index * step))
const instants = (history: readonly FilesystemReading[]) => history.map(({ at }) => at)

describe('thinHistory', () => {
  it('keeps at most one reading a minute, over rounds of any length', () => {
    let history: readonly FilesystemReading[] = []
    const readings = every(10_000, 60)
    for (let seen = 1; seen <= readings.length; seen++)
      history = thinHistory(history, readings.slice(0, seen))
    expect(instants(history)).toEqual(Array.from({ length: 10 }, (_, index) => index * MINUTE))
  })

  it('begins anew with a disk of another size', () => {
    const history = thinHistory(every(MINUTE, 5), [reading(5 * MINUTE, 200)])
    expect(instants(history)).toEqual([5 * MINUTE])
  })

  it('gives up what is later than now, once the clock went back', () => {
    const history = thinHistory(every(MINUTE, 5), [reading(2 * MINUTE + 1000)])
    expect(instants(history)).toEqual([0, MINUTE, 2 * MINUTE])
  })

  it('is never longer than two days of minutes, and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 50 }), (steps) => {
        const readings = steps.toSorted((a, b) => a - b).map((at) => reading(at))
        const history = thinHistory(every(MINUTE, 2880), readings)
        expect(history.length).toBeLessThanOrEqual(2880)
        expect(instants(history)).toEqual(instants(history).toSorted((a, b) => a - b))
      }),
    )
  })
})
