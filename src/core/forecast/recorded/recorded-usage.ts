import type { Summary } from '../../kubernetes/summary.ts'
import { parseDuration, type Duration } from '../../units/duration.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import { partsOf, type PodPart } from './pod-parts.ts'
import type { RecordedRun } from './recorded-run.ts'
import { shareWritten, writtenToPods, type WrittenToPod } from './written-by-actions.ts'

interface Sample {
  at: Instant
  startedAt: Instant | undefined
  /** When each figure was taken, where the summary tells. */
  takenAt: Readonly<Record<PodPart['kind'], Instant | undefined>>
  parts: readonly PodPart[]
}

/** containerd samples writable layers this often (semantics §7.2). */
const LAYER_MS = 10_000
/** The kubelet walks a pod's volumes once in this time, or at random up to twice as long (semantics §0.2). */
const VOLUME_PERIOD = '1m0s'
/** A pod that starts at all has a container by then. */
const STARTED_MS = 15_000

/**
 * What the kubelet's figures of a pod were at an instant: those of the snapshots, what was written by
 * actions when it was written, what else changed between two snapshots on a straight line, before the
 * first one from nothing, after the last one with its logs growing as they did on average. Layers and
 * volumes are as old as the kubelet's own samples. Empty for a pod no snapshot has figures of; undefined
 * for one that was there and had none: no container of it was running, so the kubelet has no figures.
 */
export function recordedUsage({
  snapshots,
  actions,
}: Pick<RecordedRun, 'snapshots' | 'actions'>): (
  uid: string,
  at: Instant,
  boundAt: Instant,
) => PodPart[] | undefined {
  const samples = new Map<string, Sample[]>()
  const names = new Map<string, string>()
  for (const { at, summary } of snapshots) {
    for (const pod of summary.pods ?? []) {
      const { uid, name } = pod.podRef
      names.set(uid, name)
      samples.set(uid, [...(samples.get(uid) ?? []), sampleOf(pod, at)])
    }
  }
  const written = writtenToPods(actions)
  const volumePeriod = parseDuration(snapshots[0]?.configuration.volumeStatsAggPeriod ?? VOLUME_PERIOD) ?? 0
  return (uid, at, boundAt) => {
    const known = samples.get(uid)
    const last = snapshots.findLast((snapshot) => snapshot.at <= at && snapshot.at >= boundAt + STARTED_MS)
    if (last && !known?.some((sample) => sample.at === last.at)) return undefined
    if (!known) return []
    const writes = written.filter(({ pod }) => pod === names.get(uid))
    const parts = (known.findLast((sample) => sample.at <= at) ?? known[0])?.parts ?? []
    return parts.map((part) => partAt(part, known, writes, sampledAt(part.kind, known, at, volumePeriod)))
  }
}

/** When the figure that the kubelet has at an instant was taken. */
function sampledAt(
  kind: PodPart['kind'],
  known: readonly Sample[],
  at: Instant,
  volumePeriod: Duration,
): Instant {
  const times = known.flatMap(({ takenAt }) => takenAt[kind] ?? [])
  const last = times.findLast((time) => time <= at)
  const next = times.find((time) => time > at)
  const phase = last ?? next
  if (kind === 'log' || phase === undefined) return at
  if (kind === 'layer') return at - modulo(at - phase, LAYER_MS)
  if (last === undefined || volumePeriod <= 0) return at
  const usual = 1.5 * volumePeriod
  const walked = last + Math.floor((at - last) / usual) * usual
  // Another walk fits between two known ones only when they are far enough apart.
  return next !== undefined && next - walked < volumePeriod ? Math.max(last, next - usual) : walked
}

function partAt(
  { kind, of }: PodPart,
  known: readonly Sample[],
  writes: readonly WrittenToPod[],
  at: Instant,
): PodPart {
  const before = known.findLast((sample) => sample.at <= at)
  const after = known.find((sample) => sample.at > at)
  const of_ = (sample: Sample) => sample.parts.find((part) => part.kind === kind && part.of === of)
  const mine = isTarget(kind, of, known) ? writes.filter((write) => write.kind === kind) : []
  const figure = (what: 'bytes' | 'inodes', count: 'bytes' | 'files') => {
    const writtenIn = (from: Instant, to: Instant) =>
      mine.reduce((sum, write) => sum + write[count] * shareWritten(write, from, to), 0)
    const value = (sample: Sample) => of_(sample)?.[what] ?? 0
    if (before && after) {
      const rest = value(after) - value(before) - writtenIn(before.at, after.at)
      return value(before) + writtenIn(before.at, at) + rest * share(before.at, after.at, at)
    }
    if (after) {
      const begin = after.startedAt ?? after.at
      const rest = value(after) - writtenIn(begin, after.at)
      return writtenIn(begin, at) + rest * share(begin, after.at, at)
    }
    if (!before) return 0
    const grown =
      kind === 'log' ? averageGrowth(before, value(before) - writtenIn(-Infinity, before.at), at) : 0
    return value(before) + writtenIn(before.at, at) + grown
  }
  return { kind, of, bytes: rounded(figure('bytes', 'bytes')), inodes: rounded(figure('inodes', 'files')) }
}

/** An action names a pod and not its container or volume: it is taken for the first of its kind. */
function isTarget(kind: PodPart['kind'], of: string, known: readonly Sample[]): boolean {
  return known.some(({ parts }) => parts.find((part) => part.kind === kind)?.of === of)
}

function averageGrowth({ at: sampled, startedAt }: Sample, bytes: number, at: Instant): number {
  if (startedAt === undefined || sampled <= startedAt) return 0
  return (Math.max(bytes, 0) * (at - sampled)) / (sampled - startedAt)
}

function share(from: Instant, to: Instant, at: Instant): number {
  return to > from ? Math.min(Math.max((at - from) / (to - from), 0), 1) : 1
}

function rounded(value: number): number {
  return Math.max(0, Math.round(value))
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}

function sampleOf(pod: NonNullable<Summary['pods']>[number], at: Instant): Sample {
  const { containers, volume } = pod
  const time = (text: string | undefined) => (text === undefined ? undefined : parseInstant(text))
  const starts = (containers ?? []).flatMap(({ startTime }) => time(startTime) ?? [])
  return {
    at,
    startedAt: starts.length > 0 ? Math.min(...starts) : undefined,
    takenAt: {
      layer: time(containers?.find(({ rootfs }) => rootfs?.time !== undefined)?.rootfs?.time),
      volume: time(volume?.find(({ time: walked }) => walked !== undefined)?.time),
      log: undefined,
    },
    parts: partsOf(pod),
  }
}
