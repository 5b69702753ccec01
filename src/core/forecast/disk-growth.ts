import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import { takeReadings } from '../observe/plausible-readings.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { estimateGrowth } from './growth/estimate-growth.ts'
import type { Growth } from './growth/growth.ts'

/** How the bytes and the inodes in use on a filesystem grow; undefined what is not known, or not needed. */
export interface DiskGrowth {
  bytes: Growth | undefined
  /** Undefined also where there are far more than could be used up within the horizon. */
  inodes: Growth | undefined
}

/** Estimates how a filesystem's use grows from its readings. */
export function diskGrowth(
  readings: readonly FilesystemReading[],
  now: Instant,
  horizon: Duration,
): DiskGrowth {
  const bytes = readings.map((reading) => ({ at: reading.at, value: bytesUnavailable(reading) }))
  return { bytes: estimateGrowth(bytes, now), inodes: inodeGrowth(readings, now, horizon) }
}

/** Older readings at most one a minute, then the latest as they came, of the disk as large as it is now; none that cannot be. */
export function knownReadings({ history, readings }: NodeView): FilesystemReading[] {
  const begin = readings[0]?.at ?? Infinity
  const known = takeReadings([], [...history.filter(({ at }) => at < begin), ...readings]).readings
  const size = known.at(-1)?.capacityBytes
  return known.filter(({ capacityBytes }) => capacityBytes === size)
}

/** Of so many times what was seen to change in its time, inodes must be able to run short for their growth to be worth estimating. */
const INODES_MARGIN = 10

function inodeGrowth(
  readings: readonly FilesystemReading[],
  now: Instant,
  horizon: Duration,
): Growth | undefined {
  let [least, most] = [Infinity, -Infinity]
  for (const { inodesFree } of readings) {
    least = Math.min(least, inodesFree)
    most = Math.max(most, inodesFree)
  }
  const span = (readings.at(-1)?.at ?? 0) - (readings[0]?.at ?? 0)
  const change = (most - least) * Math.max(1, horizon / Math.max(span, 1))
  const latest = readings.at(-1)
  if (latest && latest.inodesFree - INODES_MARGIN * change > latest.inodes / 2) return undefined
  return estimateGrowth(
    readings.map((reading) => ({ at: reading.at, value: inodesUsed(reading) })),
    now,
  )
}

/** The bytes that an unprivileged process cannot use any more: capacity less what the kubelet calls available. */
export function bytesUnavailable({ capacityBytes, availableBytes }: FilesystemReading): number {
  return capacityBytes - availableBytes
}

/** The inodes in use. */
export function inodesUsed({ inodes, inodesFree }: FilesystemReading): number {
  return inodes - inodesFree
}
