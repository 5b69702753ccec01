import { describe, expect, it } from 'vitest'
import type { FilesystemReading } from './observation.ts'
import { takeReadings } from './plausible-readings.ts'

const reading = (at: number, more: Partial<FilesystemReading> = {}): FilesystemReading => ({
  at,
  capacityBytes: 1000,
  availableBytes: 500,
  usedBytes: 400,
  inodes: 100,
  inodesFree: 50,
  ...more,
})

describe('takeReadings', () => {
  it('takes what can be, also of a filesystem that counts no inodes', () => {
    const observed = [reading(2), reading(3, { inodes: 0, inodesFree: 0 })]
    expect(takeReadings([reading(1)], observed)).toEqual({
      readings: [reading(1), ...observed],
      implausible: [],
    })
  })

  it.each([
    ['no-capacity', { capacityBytes: 0, availableBytes: 0, usedBytes: 0 }],
    ['available-over-capacity', { availableBytes: 1001 }],
    ['available-over-capacity', { usedBytes: 1001 }],
    ['inodes-free-over-inodes', { inodesFree: 101 }],
    ['no-size', { availableBytes: Number.NaN }],
    ['no-size', { availableBytes: -1 }],
    ['no-size', { usedBytes: 0.5 }],
    ['no-size', { capacityBytes: Number.POSITIVE_INFINITY }],
    ['no-size', { capacityBytes: 1e30 }],
    ['no-size', { at: Number.NaN }],
  ])('leaves out what cannot be: %s', (why, more) => {
    const bad = reading(2, more)
    expect(takeReadings([reading(1)], [bad, reading(3)])).toEqual({
      readings: [reading(1), reading(3)],
      implausible: [{ why, reading: bad }],
    })
  })

  it('gives up what it knew of later instants when the clock went back', () => {
    expect(takeReadings([reading(1), reading(8), reading(9)], [reading(5), reading(6)])).toEqual({
      readings: [reading(1), reading(5), reading(6)],
      implausible: [{ why: 'clock-went-back', reading: reading(5), after: 9 }],
    })
  })
})
