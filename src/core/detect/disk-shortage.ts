import type { DiskLevel, FilesystemContent } from '../kubelet/disk-levels.ts'
import type { NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'
import type { Instant } from '../units/instant.ts'
import { attributeFall, type Attribution } from './attribution.ts'
import { comingCrossing } from './coming-crossing.ts'
import { findFall, type AvailableReading, type Fall } from './free-space-fall.ts'
import { watchedFilesystems, type WatchedFilesystem } from './watched-filesystems.ts'

/** A filesystem that fell below a level at which the kubelet acts, or is about to, and what can be said of how. */
export interface DiskShortage {
  /** Which filesystem of the node it is. */
  holds: FilesystemContent
  unit: DiskLevel['unit']
  /** The first level that was crossed, or is about to be. */
  level: DiskLevel
  /** When it was; of a crossing that is coming, when that was seen. */
  crossedAt: Instant
  /** Set as long as the level has not been crossed. */
  coming?: { expectedAt: Instant; lastSeenAt: Instant }
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
  const isOpen = previous !== undefined && previous.recoveredAt === undefined
  if (isOpen && !previous.coming) return continued(view, previous)
  const since = Math.max(after ?? 0, previous?.recoveredAt ?? 0)
  const filesystems = watchedFilesystems(view)
  const crossed = filesystems.flatMap((filesystem) =>
    filesystem.levels.flatMap((level) => begin(view, filesystem, level, since) ?? []),
  )
  const first = crossed.toSorted((a, b) => a.crossedAt - b.crossedAt)[0]
  if (first) return first
  const seen = filesystems.flatMap((filesystem) => foreseen(view, filesystem, since))
  const soonest = seen.toSorted((a, b) => a.coming.expectedAt - b.coming.expectedAt)[0]
  if (!isOpen) return soonest ?? previous
  return soonest ? { ...soonest, crossedAt: previous.crossedAt } : stopped(view, previous)
}

/** A fall that stopped short of its level is over when it has not gone on for so long. */
const STOPPED: Duration = 60_000

function stopped(view: NodeView, shortage: DiskShortage): DiskShortage {
  const latest = watchedFilesystems(view).find(({ holds }) => holds === shortage.holds)?.latest
  const isOver = latest && latest.at - (shortage.coming?.lastSeenAt ?? 0) >= STOPPED
  return isOver ? { ...shortage, recoveredAt: latest.at } : shortage
}

/** Two levels so near to each other are crossed all but at once, as image collection's and `imagefs.available` by default. */
const ALIKE = 0.9

/** The level that is crossed next; of those that are crossed at once, that of an eviction. */
function nextLevel(levels: readonly DiskLevel[], unit: DiskLevel['unit'], available: number) {
  const ahead = levels.filter((level) => level.unit === unit && level.below <= available)
  const first = ahead[0]
  return ahead.find(({ kind, below }) => kind !== 'image-gc' && below >= ALIKE * (first?.below ?? 0)) ?? first
}

/** The levels that are about to be crossed: of bytes and of inodes the first that is still met. */
function foreseen(view: NodeView, { holds, readings, latest, levels }: WatchedFilesystem, since: Instant) {
  const late = readings.filter(({ at }) => at > since)
  return (['bytes', 'inodes'] as const).flatMap((unit) => {
    const available = availableReadings(late, unit)
    const level = nextLevel(levels, unit, available.at(-1)?.available ?? 0)
    const crossing = level && comingCrossing(available, level.below)
    if (!crossing) return []
    const { fall, expectedAt } = crossing
    return {
      holds,
      unit,
      level,
      crossedAt: latest.at,
      coming: { expectedAt, lastSeenAt: latest.at },
      fall,
      ...attributed(view, holds, unit, fall),
      reachedEviction: false,
    }
  })
}

/** What the kubelet counts is spread over both filesystems where there are two, and cannot be told apart. */
function attributed(view: NodeView, holds: FilesystemContent, unit: DiskLevel['unit'], fall: Fall) {
  const attribution = unit === 'bytes' && holds === 'all' ? attributeFall(view, fall) : undefined
  return attribution === undefined ? {} : { attribution }
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
  const levels = filesystem?.levels ?? []
  const eviction = levels.filter((other) => other.unit === unit && other.kind !== 'image-gc')
  const isMet = ({ available }: AvailableReading) => eviction.some(({ below }) => available < below)
  const lastMetAt = readings.findLast((reading) => isMet(reading))?.at ?? shortage.evictionLastMetAt
  return {
    ...shortage,
    fall,
    reachedEviction: shortage.reachedEviction || isMet(fall.to),
    ...(lastMetAt === undefined || lastMetAt < crossedAt ? {} : { evictionLastMetAt: lastMetAt }),
    ...attributed(view, holds, unit, fall),
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
