import type { FilesystemFigures, NodeFilesystems } from '../../kubelet/eviction/signals.ts'
import type { FilesystemReading } from '../../observe/observation.ts'
import type { Duration } from '../../units/duration.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import { lastUpTo } from '../../units/last-up-to.ts'
import type { FilesystemLayout } from '../../kubelet/eviction/layout.ts'
import type { Effects } from '../simulation/world.ts'
import { ownRises } from './own-rises.ts'
import type { RecordedRun, RecordedSnapshot } from './recorded-run.ts'

/** After a start the kubelet has no figures yet (semantics §1.4). */
const BLIND_MS = 1000
/** A reclaim is over, and its bytes are free, within so long. */
const RECLAIM_MS = 3000
/** Between two readings that differ by less, the earlier one holds. */
const STEADY_BYTES = 2 ** 20
const STEADY_INODES = 64
/** containerd samples its snapshots this often, which dates the image filesystem's figures (semantics §3.1). */
const SAMPLE_MS = 10_000

/** What the kubelet's figures were at an instant of a recording. */
export interface RecordedDisk {
  layout: FilesystemLayout
  at(instant: Instant, effects: Effects): NodeFilesystems | undefined
  /** When so many bytes more than at an instant are available; undefined when that does not come within a time. */
  risenAt(instant: Instant, bytes: number, within: Duration): Instant | undefined
  /** The figures after a reclaim that removed something at an instant. */
  afterReclaim(instant: Instant): NodeFilesystems | undefined
}

/** Reads a recording's figures of its disk. */
export function recordedDisk(run: RecordedRun): RecordedDisk {
  const { readings, snapshots, starts, actions } = run
  const seenAt = ownRises(run)
  const isBeingWritten = writingAt(actions)
  const layout = isSingle(snapshots) ? 'single' : 'dedicated-image'
  const phase = samplePhase(snapshots)
  const isBlind = (at: Instant) => starts.some((start) => at >= start && at - start < BLIND_MS)
  const figures = (reading: FilesystemReading, at: Instant): NodeFilesystems => {
    const nodefs = { ...ofReading(reading), at }
    const sampledAt =
      phase === undefined ? undefined : at - ((((at - phase) % SAMPLE_MS) + SAMPLE_MS) % SAMPLE_MS)
    if (layout === 'single') return { nodefs, imagefs: { ...nodefs, at: sampledAt } }
    return { nodefs, imagefs: { ...imagefsOf(snapshots, at), at: sampledAt } }
  }
  return {
    layout,
    at: (at, effects) =>
      isBlind(at) ? undefined : figures(readingAt(readings, seenAt(at, effects), isBeingWritten), at),
    risenAt(at, bytes, within) {
      const { availableBytes } = readingAt(readings, at, isBeingWritten)
      for (let index = lastUpTo(readings, instantOf, at) + 1; ; index++) {
        const reading = readings[index]
        if (!reading || reading.at > at + within) return undefined
        if (reading.availableBytes - availableBytes >= bytes) return reading.at
      }
    },
    afterReclaim(at) {
      const after = readings.filter((reading) => reading.at > at && reading.at <= at + RECLAIM_MS)
      const most =
        after.toSorted((a, b) => b.availableBytes - a.availableBytes)[0] ??
        readingAt(readings, at, isBeingWritten)
      return figures(most, at)
    },
  }
}

/** Whether an action was still going on: one whose end a later row such as `fill-done` tells. */
function writingAt(actions: RecordedRun['actions']): (at: Instant) => boolean {
  const spans = actions.flatMap(({ at }, index) => {
    const next = actions[index + 1]
    return next && /\bdone$/.test(next.action) ? [{ from: at, until: next.at }] : []
  })
  return (at) => spans.length === 0 || spans.some(({ from, until }) => from <= at && at <= until)
}

function ofReading({
  availableBytes,
  capacityBytes,
  inodes,
  inodesFree,
}: FilesystemReading): FilesystemFigures {
  return { availableBytes, capacityBytes, inodes, inodesFree }
}

/**
 * The reading at an instant. Between two of which the later one is much lower, what a straight line gives;
 * before a rise, which is a deletion and mostly the kubelet's own, it goes on as it went before, for as
 * long as whoever wrote was still writing.
 */
function readingAt(
  readings: readonly FilesystemReading[],
  at: Instant,
  isBeingWritten: (at: Instant) => boolean,
): FilesystemReading {
  const index = lastUpTo(readings, instantOf, at)
  const before = readings[Math.max(index, 0)]
  const after = readings[index + 1]
  if (!before) throw new Error('A recording has at least one reading.')
  if (!after || index < 0) return before
  const last = readings[index - 1]
  const between = (what: 'availableBytes' | 'inodesFree', steady: number) => {
    const fall = before[what] - after[what]
    if (fall >= steady) return onLine(before.at, before[what], after.at, after[what], at)
    if (fall > -steady || !last || last[what] - before[what] < steady || !isBeingWritten(at)) {
      return before[what]
    }
    return Math.max(0, onLine(last.at, last[what], before.at, before[what], at))
  }
  return {
    ...before,
    availableBytes: between('availableBytes', STEADY_BYTES),
    inodesFree: between('inodesFree', STEADY_INODES),
  }
}

const instantOf = ({ at }: FilesystemReading) => at

function onLine(from: Instant, first: number, to: Instant, second: number, at: Instant): number {
  return Math.round(first + ((at - from) / (to - from)) * (second - first))
}

function isSingle(snapshots: readonly RecordedSnapshot[]): boolean {
  const { fs, runtime } = snapshots[0]?.summary.node ?? {}
  const imageFs = runtime?.imageFs
  return (
    imageFs === undefined || (fs?.capacityBytes === imageFs.capacityBytes && fs?.inodes === imageFs.inodes)
  )
}

function imagefsOf(snapshots: readonly RecordedSnapshot[], at: Instant): FilesystemFigures {
  const latest = snapshots.findLast((snapshot) => snapshot.at <= at) ?? snapshots[0]
  const { availableBytes, capacityBytes, inodes, inodesFree } = latest?.summary.node.runtime?.imageFs ?? {}
  return { availableBytes, capacityBytes, inodes, inodesFree }
}

/** At what point of its ten seconds the runtime samples; the summary shows whole seconds. */
function samplePhase(snapshots: readonly RecordedSnapshot[]): Instant | undefined {
  const time = snapshots[0]?.summary.node.runtime?.imageFs?.time
  const at = time === undefined ? undefined : parseInstant(time)
  return at === undefined ? undefined : at + 500
}
