import { describe, expect, it } from 'vitest'
import { findFall, type AvailableReading } from './free-space-fall.ts'

const MB = 1_000_000
const readings = (megabytes: readonly number[]): AvailableReading[] =>
  megabytes.map((available, second) => ({ at: second * 1000, available: available * MB }))
const sawTooth = (seconds: number) => Array.from({ length: seconds }, (_, second) => 1050 - (second % 9) * 20)

describe('findFall', () => {
  it('begins where free space sank faster than its common saw-tooth, and ends at its lowest', () => {
    const values = [
      ...sawTooth(70),
      845,
      573,
      355,
      440,
      420,
      400,
      380,
      360,
      340,
      320,
      300,
      281,
      281,
      281,
      2166,
    ]
    const series = readings(values)
    const crossing = values.indexOf(355)
    expect(findFall(series, crossing, 495 * MB)).toEqual({
      from: { at: 69_000, available: 930 * MB },
      to: { at: 81_000, available: 281 * MB },
    })
  })

  it('begins at the highest point of the last minutes when it sinks steadily', () => {
    const series = readings(Array.from({ length: 200 }, (_, second) => 1000 - second * 3))
    const fall = findFall(series, 180, 461 * MB)
    expect(fall?.from).toEqual(series[0])
    expect(fall?.to).toEqual(series[199])
  })

  it('is over once the level is met again, whatever falls later', () => {
    const series = readings([500, 500, 100, 90, 600, 600, 10])
    expect(findFall(series, 2, 200 * MB)?.to.available).toBe(90 * MB)
  })

  it('knows nothing of a reading that is not there', () => {
    expect(findFall([], 0, 1)).toBeUndefined()
  })

  it('takes a first reading that is already low as it is', () => {
    const series = readings([100, 100])
    expect(findFall(series, 0, 200 * MB)).toEqual({ from: series[0], to: series[0] })
  })
})
