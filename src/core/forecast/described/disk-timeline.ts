import type { Instant } from '../../units/instant.ts'
import type { Duration } from '../../units/duration.ts'
import { lastUpTo } from '../../units/last-up-to.ts'

/** Something that takes bytes and inodes at a constant rate for a while, or gives them back where the rate is negative. */
export interface Growth {
  from: Instant
  until: Instant
  bytesPerSecond: number
  inodesPerSecond: number
}

/** Something that gives bytes and inodes back at once. */
export interface Release {
  at: Instant
  /**
   * A fixed amount that is given back; taken where it is negative. What a full disk cannot hold of that
   * is taken as soon as there is room.
   */
  bytes: number
  inodes: number
  /** A growth that has ended by then, of which all is given back that it has taken. */
  growth?: Growth
}

/** What happens to a filesystem. */
export interface DiskChanges {
  growths: readonly Growth[]
  releases: readonly Release[]
}

/** What is available of a filesystem, and how long it took what was written. */
export interface DiskTimeline {
  availableBytes(at: Instant): number
  inodesFree(at: Instant): number
  /** For how many seconds between two instants the disk took what was written: a full one takes nothing. */
  writableSeconds(from: Instant, until: Instant): number
  /** When what is available next gets below a level, or no longer is; `Infinity` when it never does. */
  nextCrossing(at: Instant, unit: 'bytes' | 'inodes', level: number): Instant
  /** The timeline on which more happens; what was before that is not reckoned again. */
  and(more: DiskChanges): DiskTimeline
}

/** The size of a filesystem and what is available of it at the start. */
export interface DiskStart {
  at: Instant
  capacityBytes: number
  availableBytes: number
  inodes: number
  inodesFree: number
}

/** A straight line: what is available at its beginning, and what is written per second from then on. */
interface Segment {
  from: Instant
  availableBytes: number
  inodesFree: number
  bytesPerSecond: number
  inodesPerSecond: number
  /** A full disk takes nothing of what is written. */
  isFull: boolean
  /** Seconds in which the disk took what was written, up to the beginning. */
  writableSeconds: number
}

/** In order of time; the first begins at the start. */
type Segments = [Segment, ...Segment[]]

/**
 * How a filesystem goes under growth and releases: straight lines between instants at which something
 * begins, ends, gives back, or the disk is full. Bytes are conserved: what is full takes no more.
 */
export function diskTimeline(start: DiskStart, changes: DiskChanges): DiskTimeline {
  const { at, availableBytes, inodesFree } = start
  const rest = { bytesPerSecond: 0, inodesPerSecond: 0, isFull: false, writableSeconds: 0 }
  return follow(start, [{ from: at, availableBytes, inodesFree, ...rest }], turnsOf(changes, at), 0)
}

/** Follows turns from the one of an index on; `segments` are those up to there, and are added to. */
function follow(start: DiskStart, segments: Segments, turns: readonly Turn[], first: number): DiskTimeline {
  for (const turn of turns.slice(first)) take(segments, turn, start)
  return {
    availableBytes: (at) => Math.max(Math.round(bytesAt(segmentAt(segments, at), at)), 0),
    inodesFree: (at) => Math.max(Math.round(inodesAt(segmentAt(segments, at), at)), 0),
    writableSeconds: (from, until) => secondsBetween(segments, from, until),
    nextCrossing: (at, unit, level) => nextCrossing(segments, at, unit, level),
    and(more) {
      const added = turnsOf(more, start.at)
      const since = added[0]?.at ?? Infinity
      const before = lastUpTo(turns, ({ at }) => at, since) + 1
      const all = turns.slice(0, before).concat(inOrder(turns.slice(before).concat(added)))
      const kept = segments.slice(0, Math.max(indexAt(segments, since), 0) + 1) as Segments
      return follow(start, kept, all, before)
    },
  }
}

/** An instant at which something begins, ends or gives back, and by how much the rates change. */
interface Turn {
  at: Instant
  bytesPerSecond: number
  inodesPerSecond: number
  release?: Release
}

/** The turns of changes in order; what was over before the start makes none. */
function turnsOf({ growths, releases }: DiskChanges, start: Instant): Turn[] {
  const ofGrowths = growths
    .filter(({ from, until }) => until > Math.max(from, start))
    .flatMap(({ from, until, bytesPerSecond, inodesPerSecond }) => [
      { at: Math.max(from, start), bytesPerSecond, inodesPerSecond },
      { at: until, bytesPerSecond: -bytesPerSecond, inodesPerSecond: -inodesPerSecond },
    ])
    .filter(({ at }) => at < Infinity)
  const ofReleases = releases
    .filter(({ at }) => at >= start)
    .map((release) => ({ at: release.at, bytesPerSecond: 0, inodesPerSecond: 0, release }))
  return inOrder([...ofGrowths, ...ofReleases])
}

function inOrder(turns: readonly Turn[]): Turn[] {
  return turns.toSorted((a, b) => a.at - b.at)
}

/** Adds what follows a turn; a segment that would have begun later, when the disk was full, does not come about. */
function take(segments: Segments, turn: Turn, { capacityBytes, inodes }: DiskStart): void {
  while (segments.length > 1 && (segments.at(-1)?.from ?? 0) > turn.at) segments.pop()
  const last = segmentAt(segments, turn.at)
  const freed = turn.release ? freedBy(turn.release, segments) : { bytes: 0, inodes: 0 }
  if (last.from === turn.at) segments.pop()
  pushLines(segments, {
    from: turn.at,
    availableBytes: Math.min(bytesAt(last, turn.at) + freed.bytes, capacityBytes),
    inodesFree: Math.min(inodesAt(last, turn.at) + freed.inodes, inodes),
    bytesPerSecond: last.bytesPerSecond + turn.bytesPerSecond,
    inodesPerSecond: last.inodesPerSecond + turn.inodesPerSecond,
    isFull: false,
    writableSeconds: secondsAt(last, turn.at),
  })
}

function freedBy({ bytes, inodes, growth }: Release, segments: Readonly<Segments>) {
  if (!growth) return { bytes, inodes }
  const seconds = secondsBetween(segments, growth.from, growth.until)
  return {
    bytes: bytes + growth.bytesPerSecond * seconds,
    inodes: inodes + growth.inodesPerSecond * seconds,
  }
}

/** A stretch of growth, and another one of standstill from when the disk is full. */
function pushLines(segments: Segments, line: Segment): void {
  const { from, availableBytes, inodesFree, bytesPerSecond, inodesPerSecond } = line
  const bytesLast = bytesPerSecond > 0 ? Math.max(availableBytes, 0) / bytesPerSecond : Infinity
  const inodesLast = inodesPerSecond > 0 ? Math.max(inodesFree, 0) / inodesPerSecond : Infinity
  const seconds = Math.min(bytesLast, inodesLast)
  if (seconds > 0) segments.push(line)
  if (!Number.isFinite(seconds)) return
  const fullAt = from + seconds * 1000
  segments.push({
    ...line,
    from: fullAt,
    availableBytes: bytesAt(line, fullAt),
    inodesFree: inodesAt(line, fullAt),
    isFull: true,
    writableSeconds: line.writableSeconds + seconds,
  })
}

/** The last segment that begins by an instant; before the start, none. */
function indexAt(segments: Readonly<Segments>, at: Instant): number {
  return lastUpTo(segments, ({ from }) => from, at)
}

function segmentAt(segments: Readonly<Segments>, at: Instant): Segment {
  return segments[indexAt(segments, at)] ?? segments[0]
}

/** For how many milliseconds a segment has taken what is written, by an instant. */
function takenMs({ from, isFull }: Segment, at: Instant): Duration {
  return isFull ? 0 : Math.max(at - from, 0)
}

function bytesAt(segment: Segment, at: Instant): number {
  return segment.availableBytes - (segment.bytesPerSecond * takenMs(segment, at)) / 1000
}

function inodesAt(segment: Segment, at: Instant): number {
  return segment.inodesFree - (segment.inodesPerSecond * takenMs(segment, at)) / 1000
}

function secondsAt(segment: Segment, at: Instant): number {
  return segment.writableSeconds + takenMs(segment, at) / 1000
}

function secondsBetween(segments: Readonly<Segments>, from: Instant, until: Instant): number {
  const by = (at: Instant) => secondsAt(segmentAt(segments, at), at)
  return Math.max(by(until) - by(from), 0)
}

function nextCrossing(
  segments: Readonly<Segments>,
  at: Instant,
  unit: 'bytes' | 'inodes',
  level: number,
): Instant {
  const valueAt = unit === 'bytes' ? bytesAt : inodesAt
  const wasBelow = valueAt(segmentAt(segments, at), at) < level
  const first = Math.max(indexAt(segments, at), 0)
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]
    if (!segment) break
    const from = Math.max(at, segment.from)
    const value = valueAt(segment, from)
    if (value < level !== wasBelow) return from
    const rate = unit === 'bytes' ? segment.bytesPerSecond : segment.inodesPerSecond
    const crossing = segment.isFull || rate === 0 ? Infinity : from + (1000 * (value - level)) / rate
    if (crossing >= from && crossing < (segments[index + 1]?.from ?? Infinity)) return crossing
  }
  return Infinity
}
