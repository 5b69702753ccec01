import type { Part } from '../observation.ts'
import type { ConsumerKind, DiskAttribution, DiskConsumer } from './disk-attribution.ts'

/** Something that holds bytes, by what tells it from others of its filesystem. */
export interface ConsumerKey {
  kind: ConsumerKind
  pod?: string | undefined
  name?: string | undefined
}

/** Bytes per second that a consumer grew by between two looks; undefined where one of them did not tell it apart. */
export type ConsumerGrowth = (mountPoint: string, consumer: ConsumerKey) => number | undefined

/** How fast each consumer of a node's filesystems grew between two looks; whoever shrank has a negative rate. */
export function consumerGrowth(
  now: Part<readonly DiskAttribution[]>,
  earlier: Part<readonly DiskAttribution[]> | undefined,
): ConsumerGrowth {
  const seconds = earlier ? (now.observedAt - earlier.observedAt) / 1000 : 0
  if (!earlier || seconds <= 0) return () => undefined
  const was = bytesByKey(earlier.value)
  const is = bytesByKey(now.value)
  const known = new Map(earlier.value.map(({ mountPoint, consumers }) => [mountPoint, isWhole(consumers)]))
  return (mountPoint, consumer) => {
    const key = keyOf(mountPoint, consumer)
    // What was not there before is new, unless it may have been among the smaller ones that were put together.
    const before = was.get(key) ?? (known.get(mountPoint)?.(consumer.kind) ? 0 : undefined)
    const bytes = is.get(key)
    return before === undefined || bytes === undefined ? undefined : (bytes - before) / seconds
  }
}

/** Whether every one of a kind was told apart. */
function isWhole(consumers: readonly DiskConsumer[]): (kind: ConsumerKind) => boolean {
  const put = new Set(
    consumers.flatMap(({ kind, consumers: parts = [] }) =>
      parts.some((part) => part.kind === 'others') ? kind : [],
    ),
  )
  return (kind) => !put.has(kind)
}

function bytesByKey(disks: readonly DiskAttribution[]): ReadonlyMap<string, number> {
  return new Map(
    disks.flatMap(({ mountPoint, consumers }) =>
      consumers.flatMap(({ consumers: parts = [], ...kind }) => [
        [keyOf(mountPoint, { kind: kind.kind }), kind.bytes] as const,
        ...parts
          .filter((part) => part.kind !== 'others')
          .map((part) => [keyOf(mountPoint, part), part.bytes] as const),
      ]),
    ),
  )
}

function keyOf(mountPoint: string, { kind, pod, name }: ConsumerKey): string {
  return JSON.stringify([mountPoint, kind, pod ?? null, name ?? null])
}
