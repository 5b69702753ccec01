import type { Instant } from '../../units/instant.ts'
import type { DiskName, PlacedPod } from './described-pods.ts'
import type { Growth, Release } from './disk-timeline.ts'

/** A killed pod's data is freed, and its dead containers are removed, within so long (semantics §2.4). */
export const FREED_MS = 1500

/** What a pod has on one disk while it is there. */
export interface Stay {
  uid: string
  from: Instant
  until: Instant
  bytes: number
  inodes: number
  bytesPerSecond: number
}

/** What a pod has on a disk, from the start of the simulation or from when it comes. */
export function stayOf({ uid, boundAt, endsAt, parts }: PlacedPod, disk: DiskName, start: Instant): Stay {
  const stay = { uid, from: Math.max(boundAt, start), until: endsAt, bytes: 0, inodes: 0, bytesPerSecond: 0 }
  for (const part of parts) {
    if (part.disk !== disk) continue
    stay.bytes += part.bytes
    stay.inodes += part.inodes
    stay.bytesPerSecond += part.bytesPerSecond
  }
  return stay
}

/** What it writes. */
export function growthOf({ from, until, bytesPerSecond }: Stay): Growth {
  return { from, until, bytesPerSecond, inodesPerSecond: 0 }
}

/** What it brings along when it comes later than the simulation starts. */
export function arrivalOf({ from, bytes, inodes }: Stay): Release {
  return { at: from, bytes: -bytes, inodes: -inodes }
}

/** All that it had comes free shortly after it ended. */
export function releaseOf(stay: Stay): Release {
  const { until, bytes, inodes } = stay
  return { at: until + FREED_MS, bytes, inodes, growth: growthOf(stay) }
}
