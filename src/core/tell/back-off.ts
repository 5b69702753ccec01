import type { Duration } from '../units/duration.ts'

const FIRST: Duration = 1000
const MOST: Duration = 5 * 60_000

/**
 * How long to wait after so many failed attempts: twice as long each time up to five minutes, and by
 * chance between half of that and all of it, so that those who failed together do not come back together.
 * @param chance from 0 to 1
 */
export function backOff(attempts: number, chance: number): Duration {
  const longest = Math.min(MOST, FIRST * 2 ** Math.min(attempts - 1, 20))
  return longest * (0.5 + chance / 2)
}
