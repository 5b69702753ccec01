import type { DiskLevel, FilesystemContent } from '../kubelet/disk-levels.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { Instant } from '../units/instant.ts'
import { attributeFall, type Attribution } from './attribution.ts'
import { findFall, type AvailableReading, type Fall } from './free-space-fall.ts'
import { watchedFilesystems, type WatchedFilesystem } from './watched-filesystems.ts'

/** A filesystem that fell below a level at which the kubelet acts, and what can be said of how. */
export interface DiskShortage {
  /** Which filesystem of the node it is. */
  holds: FilesystemContent
  unit: DiskLevel['unit']
  /** The first level that was crossed. */
  level: DiskLevel
  crossedAt: Instant
  fall: Fall
  /** Where the bytes of the fall are; absent where nothing is known, and for inodes. */
  attribution?: Attribution
  /** Whether it fell below an eviction threshold, too. */
  reachedEviction: boolean
  /** The latest reading below an eviction threshold; absent where there was none. */
  evictionLastMetAt?: Instant
  /** When every level was met again. From then on the shortage is history and no longer changes. */
  recoveredAt?: Instant
}

/**
 * The shortage a node is in or was in last.
 * @param previous what the round before found, which stands where readings are no longer remembered
 * @param after only readings later than this count as a new shortage; null for all
 */
export function diskShortage(
  view: NodeView,
  previous: DiskShortage | undefined,
  after: Instant | null,
): DiskShortage | undefined {
  if (previous !== undefined && previous.recoveredAt === undefined) return continued(view, previous)
  const since = Math.max(after ?? 0, previous?.recoveredAt ?? 0)
  const begun = watchedFilesystems(view)
    .flatMap((filesystem) => filesystem.levels.map((level) => begin(view, filesystem, level, since)))
    .filter((shortage) => shortage !== undefined)
  return begun.toSorted((a, b) => a.crossedAt - b.crossedAt)[0] ?? previous
}

function begin(
  view: NodeView,
  { holds, readings }: WatchedFilesystem,
  level: DiskLevel,
  since: Instant,
): DiskShortage | undefined {
  const crossed = availableReadings(readings, level.unit).find(
    ({ at, available }) => at > since && available < level.below,
  )
  if (!crossed) return undefined
  const fall = { from: crossed, to: crossed }
  return continued(view, {
    holds,
    unit: level.unit,
    level,
    crossedAt: crossed.at,
    fall,
    reachedEviction: false,
  })
}

function continued(view: NodeView, shortage: DiskShortage): DiskShortage {
  const { holds, unit, level, crossedAt } = shortage
  const filesystem = watchedFilesystems(view).find((watched) => watched.holds === holds)
  const readings = availableReadings(filesystem?.readings ?? [], unit)
  const crossing = readings.findIndex(({ at }) => at === crossedAt)
  const fall = (crossing === -1 ? undefined : findFall(readings, crossing, level.below)) ?? shortage.fall
  const latest = readings.at(-1)
  // What the kubelet counts is spread over both filesystems where there are two, and cannot be told apart.
  const attribution = unit === 'bytes' && holds === 'all' ? attributeFall(view, fall) : undefined
  const levels = filesystem?.levels ?? []
  const eviction = levels.filter((other) => other.unit === unit && other.kind !== 'image-gc')
  const isMet = ({ available }: AvailableReading) => eviction.some(({ below }) => available < below)
  const lastMetAt = readings.findLast((reading) => isMet(reading))?.at ?? shortage.evictionLastMetAt
  return {
    ...shortage,
    fall,
    reachedEviction: shortage.reachedEviction || isMet(fall.to),
    ...(lastMetAt === undefined || lastMetAt < crossedAt ? {} : { evictionLastMetAt: lastMetAt }),
    ...(attribution === undefined ? {} : { attribution }),
    ...(latest !== undefined && latest.available >= level.below ? { recoveredAt: latest.at } : {}),
  }
}

function availableReadings(
  readings: readonly FilesystemReading[],
  unit: DiskLevel['unit'],
): AvailableReading[] {
  return readings.map(({ at, availableBytes, inodesFree }) => ({
    at,
    available: unit === 'bytes' ? availableBytes : inodesFree,
  }))
}
