import type { Instant } from '../../units/instant.ts'
import { lastUpTo } from '../../units/last-up-to.ts'

/** Something that takes bytes and inodes at a constant rate for a while. */
export interface Growth {
  /** What tells it from the others. */
  key: string
  from: Instant
  until: Instant
  bytesPerSecond: number
  inodesPerSecond: number
}

/** Something that gives bytes and inodes back at once. */
export interface Release {
  at: Instant
  /** A fixed amount that is given back. */
  bytes: number
  inodes: number
  /** Growths that have ended by then, of which all is given back that they have taken. */
  growths: readonly string[]
}

/** What is available of a filesystem, and how long it took what was written. */
export interface DiskTimeline {
  availableBytes(at: Instant): number
  inodesFree(at: Instant): number
  /** For how many seconds between two instants the disk took what was written: a full one takes nothing. */
  writableSeconds(from: Instant, until: Instant): number
  /** When what is available next gets below a level, or no longer is; `Infinity` when it never does. */
  nextCrossing(at: Instant, unit: 'bytes' | 'inodes', level: number): Instant
}

/** The size of a filesystem and what is available of it at the start. */
export interface DiskStart {
  at: Instant
  capacityBytes: number
  availableBytes: number
  inodes: number
  inodesFree: number
}

/** A straight line: what is available at its beginning, and what is taken per second. */
interface Segment {
  from: Instant
  availableBytes: number
  inodesFree: number
  bytesPerSecond: number
  inodesPerSecond: number
  /** Seconds in which the disk took what was written, up to the beginning; when it is full it takes nothing. */
  writableSeconds: number
}

/**
 * How a filesystem goes under growth and releases: straight lines between instants at which something
 * begins, ends, gives back, or the disk is full. Bytes are conserved: what is full takes no more.
 */
export function diskTimeline(
  start: DiskStart,
  growths: readonly Growth[],
  releases: readonly Release[],
): DiskTimeline {
  const byKey = new Map(growths.map((growth) => [growth.key, growth]))
  const segments: Segment[] = []
  const segmentAt = (at: Instant) => segments[Math.max(lastIndexUpTo(segments, at), 0)]
  const writableSeconds = (at: Instant) => {
    const segment = segmentAt(at)
    if (!segment || at <= segment.from) return segment?.writableSeconds ?? 0
    return segment.writableSeconds + (isStanding(segment) ? 0 : (at - segment.from) / 1000)
  }
  const taken = (growth: Growth, at: Instant) =>
    Math.max(
      writableSeconds(Math.min(at, growth.until)) - writableSeconds(Math.max(growth.from, start.at)),
      0,
    )

  let bytesPerSecond = 0
  let inodesPerSecond = 0
  for (const turn of turnsOf(start, growths, releases)) {
    // The disk would have been full only later: something changes before.
    while (segments.length > 1 && (segments.at(-1)?.from ?? 0) > turn.at) segments.pop()
    bytesPerSecond += turn.bytesPerSecond
    inodesPerSecond += turn.inodesPerSecond
    const last = segments.at(-1)
    let availableBytes = last ? bytesAt(last, turn.at) : start.availableBytes
    let inodesFree = last ? inodesAt(last, turn.at) : start.inodesFree
    for (const release of turn.releases) {
      availableBytes += release.bytes
      inodesFree += release.inodes
      for (const growth of release.growths.flatMap((key) => byKey.get(key) ?? [])) {
        availableBytes += growth.bytesPerSecond * taken(growth, turn.at)
        inodesFree += growth.inodesPerSecond * taken(growth, turn.at)
      }
    }
    pushLines(segments, {
      from: turn.at,
      availableBytes: Math.min(availableBytes, start.capacityBytes),
      inodesFree: Math.min(inodesFree, start.inodes),
      bytesPerSecond,
      inodesPerSecond,
      writableSeconds: writableSeconds(turn.at),
    })
  }

  return {
    availableBytes(at) {
      const segment = segmentAt(at)
      return Math.round(segment ? bytesAt(segment, at) : start.availableBytes)
    },
    inodesFree(at) {
      const segment = segmentAt(at)
      return Math.round(segment ? inodesAt(segment, at) : start.inodesFree)
    },
    writableSeconds: (from, until) =>
      Math.max(writableSeconds(until) - writableSeconds(Math.max(from, start.at)), 0),
    nextCrossing: (at, unit, level) => nextCrossing(segments, at, unit, level),
  }
}

interface Turn {
  at: Instant
  /** By how much the rates change. */
  bytesPerSecond: number
  inodesPerSecond: number
  releases: Release[]
}

/** The instants at which something begins, ends or gives back, in order; the start is the first. */
function turnsOf(start: DiskStart, growths: readonly Growth[], releases: readonly Release[]): Turn[] {
  const turns = new Map<Instant, Turn>()
  const turnAt = (at: Instant) => {
    const known = turns.get(at) ?? { at, bytesPerSecond: 0, inodesPerSecond: 0, releases: [] }
    turns.set(at, known)
    return known
  }
  turnAt(start.at)
  for (const { from, until, bytesPerSecond, inodesPerSecond } of growths) {
    const begin = Math.max(from, start.at)
    if (until <= begin) continue
    const begun = turnAt(begin)
    begun.bytesPerSecond += bytesPerSecond
    begun.inodesPerSecond += inodesPerSecond
    if (!Number.isFinite(until)) continue
    const ended = turnAt(until)
    ended.bytesPerSecond -= bytesPerSecond
    ended.inodesPerSecond -= inodesPerSecond
  }
  for (const release of releases) if (release.at >= start.at) turnAt(release.at).releases.push(release)
  return [...turns.values()].toSorted((a, b) => a.at - b.at)
}

/** A stretch of growth, and another one of standstill from when the disk is full. */
function pushLines(segments: Segment[], line: Segment): void {
  const { from, availableBytes, inodesFree, bytesPerSecond, inodesPerSecond } = line
  const bytesLast = bytesPerSecond > 0 ? Math.max(availableBytes, 0) / bytesPerSecond : Infinity
  const inodesLast = inodesPerSecond > 0 ? Math.max(inodesFree, 0) / inodesPerSecond : Infinity
  const seconds = Math.min(bytesLast, inodesLast)
  if (seconds > 0) segments.push(line)
  if (!Number.isFinite(seconds)) return
  const fullAt = from + seconds * 1000
  segments.push({
    from: fullAt,
    availableBytes: bytesAt(line, fullAt),
    inodesFree: inodesAt(line, fullAt),
    bytesPerSecond: 0,
    inodesPerSecond: 0,
    writableSeconds: line.writableSeconds + seconds,
  })
}

function isStanding({ bytesPerSecond, inodesPerSecond }: Segment): boolean {
  return bytesPerSecond === 0 && inodesPerSecond === 0
}

function bytesAt({ from, availableBytes, bytesPerSecond }: Segment, at: Instant): number {
  return availableBytes - (bytesPerSecond * Math.max(at - from, 0)) / 1000
}

function inodesAt({ from, inodesFree, inodesPerSecond }: Segment, at: Instant): number {
  return inodesFree - (inodesPerSecond * Math.max(at - from, 0)) / 1000
}

function nextCrossing(
  segments: readonly Segment[],
  at: Instant,
  unit: 'bytes' | 'inodes',
  level: number,
): Instant {
  const valueAt = unit === 'bytes' ? bytesAt : inodesAt
  const first = Math.max(lastIndexUpTo(segments, at), 0)
  const begin = segments[first]
  const wasBelow = begin !== undefined && valueAt(begin, at) < level
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]
    if (!segment) break
    const from = Math.max(at, segment.from)
    if (valueAt(segment, from) < level !== wasBelow) return from
    const rate = unit === 'bytes' ? segment.bytesPerSecond : segment.inodesPerSecond
    const crossing = rate === 0 ? Infinity : from + (1000 * (valueAt(segment, from) - level)) / rate
    if (crossing >= from && crossing < (segments[index + 1]?.from ?? Infinity)) return crossing
  }
  return Infinity
}

/** The last segment that begins by then. */
function lastIndexUpTo(segments: readonly Segment[], at: Instant): number {
  return lastUpTo(segments, ({ from }) => from, at)
}
