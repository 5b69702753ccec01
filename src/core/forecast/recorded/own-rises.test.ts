import { describe, expect, it } from 'vitest'
import { NO_EFFECTS } from '../simulation/world.ts'
import { ownRises } from './own-rises.ts'

const SECOND = 1000
const MIB = 2 ** 20

const readingsOf = (free: readonly number[]) =>
  free.map((mebibytes, second) => ({
    at: second * SECOND,
    availableBytes: mebibytes * MIB,
    usedBytes: (1000 - mebibytes) * MIB,
    capacityBytes: 1000 * MIB,
    inodes: 1000,
    inodesFree: 1000,
  }))

/** Free mebibytes each second. The kubelet started long ago: the clock of its passes is known to four seconds only. */
const run = (free: readonly number[], actions: { at: number; action: string }[] = []) =>
  ownRises({ readings: readingsOf(free), actions, starts: [-1000 * SECOND] })

/** A disk on which 100 MiB come free between the fifth second and the sixth. */
const RISE = [50, 50, 50, 50, 50, 50, 150, 150, 150, 150]

describe('the instant whose reading a pass saw', () => {
  it.each([
    ['inside the rise is its own', 5500, 5500],
    ['a little late is right before the rise', 7500, 5999],
    ['a little early is when the rise began', 4000, 5000],
    ['long after is its own', 10_500, 10_500],
    ['long before is its own', 900, 900],
  ])('%s', (_, at, seen) => expect(run(RISE)(at, NO_EFFECTS)).toBe(seen))

  it('is its own where someone else freed the bytes', () => {
    expect(run(RISE, [{ at: 3000, action: 'delete pod a' }])(7500, NO_EFFECTS)).toBe(7500)
    expect(run(RISE, [{ at: 3000, action: 'fill-done' }])(7500, NO_EFFECTS)).toBe(5999)
  })

  it('is its own where the simulated kubelet has acted, for then the rise is of that', () => {
    const acted = { ...NO_EFFECTS, removedImages: new Map([['a', 4900]]) }
    expect(run(RISE)(7500, acted)).toBe(7500)
  })

  it('is its own where little came free', () => {
    expect(run([50, 50, 50, 50, 50, 50, 60, 60, 60, 60])(7500, NO_EFFECTS)).toBe(7500)
  })

  it('drifts no more than the time since the start allows', () => {
    expect(ownRises({ readings: readingsOf(RISE), actions: [], starts: [0] })(6500, NO_EFFECTS)).toBe(6500)
  })
})
