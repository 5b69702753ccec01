import type { Instant } from '../units/instant.ts'
import type { FilesystemReading } from './observation.ts'

/** Why a reading cannot be what a filesystem is like. */
export type Implausibility =
  'no-capacity' | 'available-over-capacity' | 'inodes-free-over-inodes' | 'no-size' | 'clock-went-back'

/** A reading that says what cannot be. */
export interface ImplausibleReading {
  why: Implausibility
  reading: FilesystemReading
  /** The instant of the reading before, when the clock went back. */
  after?: Instant
}

/** What a 64-bit count can hold. */
const MOST = 2 ** 64
/** The last instant that a date can be made of. */
const LAST_INSTANT = 8.64e15
const MOST_IMPLAUSIBLE = 8

/**
 * Takes new readings to those that are known. One whose figures cannot be is left out. When the clock went
 * back, what is known of later instants is given up, so that readings stay in the order of their instants.
 */
export function takeReadings(
  known: readonly FilesystemReading[],
  observed: readonly FilesystemReading[],
): { readings: FilesystemReading[]; implausible: ImplausibleReading[] } {
  let readings = [...known]
  const implausible: ImplausibleReading[] = []
  for (const reading of observed) {
    const why = implausibility(reading)
    if (why !== undefined) {
      implausible.push({ why, reading })
      continue
    }
    const latest = readings.at(-1)
    if (latest && reading.at < latest.at) {
      implausible.push({ why: 'clock-went-back', reading, after: latest.at })
      readings = readings.filter(({ at }) => at < reading.at)
    }
    readings.push(reading)
  }
  return { readings, implausible: implausible.slice(-MOST_IMPLAUSIBLE) }
}

/** The latest reading; undefined when there is none, or it cannot be. */
export function latestReading(readings: readonly FilesystemReading[]): FilesystemReading | undefined {
  const latest = readings.at(-1)
  return latest && implausibility(latest) === undefined ? latest : undefined
}

function implausibility(reading: FilesystemReading): Implausibility | undefined {
  const { at, capacityBytes, availableBytes, usedBytes, inodes, inodesFree } = reading
  const isSize = (value: number) => Number.isInteger(value) && value >= 0 && value <= MOST
  if (!(Math.abs(at) <= LAST_INSTANT)) return 'no-size'
  if (![capacityBytes, availableBytes, usedBytes, inodes, inodesFree].every(isSize)) return 'no-size'
  if (capacityBytes === 0) return 'no-capacity'
  if (availableBytes > capacityBytes || usedBytes > capacityBytes) return 'available-over-capacity'
  // A filesystem that counts no inodes, such as btrfs, says 0 of 0.
  return inodesFree > inodes ? 'inodes-free-over-inodes' : undefined
}
