import type { PodDiskUsage } from '../../kubelet/eviction/pods.ts'
import type { Summary } from '../../kubernetes/summary.ts'
import { parseInstant, type Instant } from '../../units/instant.ts'
import type { RecordedSnapshot } from './recorded-run.ts'

interface Sample {
  at: Instant
  startedAt: Instant | undefined
  usage: PodDiskUsage
}

/**
 * What the kubelet's figures of a pod were at an instant: between two snapshots on a straight line,
 * before the first one from nothing, after the last one with its log growing as it did on average.
 * Undefined for a pod no snapshot has figures of.
 */
export function recordedUsage(
  snapshots: readonly RecordedSnapshot[],
): (uid: string, at: Instant) => PodDiskUsage | undefined {
  const samples = new Map<string, Sample[]>()
  for (const { at, summary } of snapshots) {
    for (const pod of summary.pods ?? []) {
      const { uid } = pod.podRef
      samples.set(uid, [...(samples.get(uid) ?? []), { at, startedAt: startOf(pod), usage: usageOf(pod) }])
    }
  }
  return (uid, at) => {
    const known = samples.get(uid)
    if (!known) return undefined
    const before = known.findLast((sample) => sample.at <= at)
    const after = known.find((sample) => sample.at > at)
    if (before && after) return between(before, after, at)
    if (after) return between({ ...after, at: after.startedAt ?? after.at, usage: NOTHING }, after, at)
    return before && withGrownLog(before, at)
  }
}

const NOTHING: PodDiskUsage = { writableBytes: 0, logBytes: 0, volumeBytes: 0 }

function between(from: Sample, to: Sample, at: Instant): PodDiskUsage {
  const share = to.at > from.at ? Math.min(Math.max((at - from.at) / (to.at - from.at), 0), 1) : 1
  const on = (a = 0, b = 0) => Math.round(a + share * (b - a))
  return {
    writableBytes: on(from.usage.writableBytes, to.usage.writableBytes),
    logBytes: on(from.usage.logBytes, to.usage.logBytes),
    volumeBytes: on(from.usage.volumeBytes, to.usage.volumeBytes),
    writableInodes: on(from.usage.writableInodes, to.usage.writableInodes),
    logInodes: on(from.usage.logInodes, to.usage.logInodes),
    volumeInodes: on(from.usage.volumeInodes, to.usage.volumeInodes),
  }
}

function withGrownLog({ at: sampledAt, startedAt, usage }: Sample, at: Instant): PodDiskUsage {
  if (startedAt === undefined || sampledAt <= startedAt) return usage
  return { ...usage, logBytes: Math.round((usage.logBytes * (at - startedAt)) / (sampledAt - startedAt)) }
}

type PodStats = NonNullable<Summary['pods']>[number]

function usageOf({ containers, volume }: PodStats): PodDiskUsage {
  const all = containers ?? []
  // A volume with a claim is never counted for its pod (semantics §3.5).
  const counted = (volume ?? []).filter(({ pvcRef }) => pvcRef === undefined)
  return {
    writableBytes: sum(all.map(({ rootfs }) => rootfs?.usedBytes)),
    logBytes: sum(all.map(({ logs }) => logs?.usedBytes)),
    volumeBytes: sum(counted.map(({ usedBytes }) => usedBytes)),
    writableInodes: sum(all.map(({ rootfs }) => rootfs?.inodesUsed)),
    logInodes: sum(all.map(({ logs }) => logs?.inodesUsed)),
    volumeInodes: sum(counted.map(({ inodesUsed }) => inodesUsed)),
  }
}

function startOf({ containers }: PodStats): Instant | undefined {
  const starts = (containers ?? []).flatMap(({ startTime }) => parseInstant(startTime ?? '') ?? [])
  return starts.length > 0 ? Math.min(...starts) : undefined
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0)
}
