import type { NodeView } from '../../observe/node-view.ts'
import type { PodUsage } from '../../observe/observation.ts'
import type { Instant } from '../../units/instant.ts'

/** A part of a pod that the kubelet counts, and how fast it grows. */
export interface PodPartRate {
  uid: string
  kind: 'logs' | 'writable-layer' | 'volumes'
  /** Bytes it has by the latest summary. */
  bytes: number
  /** 0 for one that does not grow, shrinks, or of which too little is known. */
  bytesPerSecond: number
}

/** Less time than this between the first and the last summary tells no rate. */
const LEAST_SPAN_MS = 20_000

/** How fast the parts of each pod grow, by the summaries that are remembered; by pod UID. */
export function podPartRates({ summaries }: NodeView): ReadonlyMap<string, readonly PodPartRate[]> {
  const latest = summaries.at(-1)
  if (!latest) return new Map()
  const before = new Map<string, { at: Instant; usage: PodUsage }[]>()
  for (const { observedAt, value } of summaries) {
    for (const usage of value.pods) {
      before.set(usage.uid, [...(before.get(usage.uid) ?? []), { at: observedAt, usage }])
    }
  }
  return new Map(
    latest.value.pods.map(({ uid }) => {
      const series = before.get(uid) ?? []
      const part = (kind: PodPartRate['kind'], bytesOf: (usage: PodUsage) => number): PodPartRate => ({
        uid,
        kind,
        bytes: bytesOf(series.at(-1)?.usage ?? NOTHING),
        bytesPerSecond: middleSlope(series.map(({ at, usage }) => ({ at, bytes: bytesOf(usage) }))),
      })
      return [
        uid,
        [
          part('logs', ({ logsBytes }) => logsBytes),
          part('writable-layer', ({ rootfsBytes }) => rootfsBytes),
          part('volumes', ({ localVolumesBytes }) => localVolumesBytes),
        ],
      ]
    }),
  )
}

const NOTHING: PodUsage = {
  namespace: '',
  name: '',
  uid: '',
  logsBytes: 0,
  rootfsBytes: 0,
  localVolumesBytes: 0,
}

/** The middle one of the slopes between all pairs, in bytes per second: one rotated log or one burst among several does not move it. */
function middleSlope(points: readonly { at: Instant; bytes: number }[]): number {
  const span = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)
  if (span < LEAST_SPAN_MS) return 0
  const slopes = points
    .flatMap((from, index) =>
      points.slice(index + 1).map((to) => (1000 * (to.bytes - from.bytes)) / (to.at - from.at)),
    )
    .filter((slope) => Number.isFinite(slope))
    .toSorted((a, b) => a - b)
  return Math.max(0, slopes[Math.floor((slopes.length - 1) / 2)] ?? 0)
}
