import { diskLevels, type DiskLevel } from '../kubelet/disk-levels.ts'
import type { NodeView } from '../observe/node-view.ts'
import { latestReading } from '../observe/plausible-readings.ts'
import type { Instant } from '../units/instant.ts'
import { attributeFall, type Attribution } from './attribution.ts'
import { findFall, type AvailableReading, type Fall } from './free-space-fall.ts'

/** A filesystem that fell below a level at which the kubelet acts, and what can be said of how. */
export interface DiskShortage {
  unit: DiskLevel['unit']
  /** The first level that was crossed. */
  level: DiskLevel
  crossedAt: Instant
  fall: Fall
  /** Where the bytes of the fall are; absent where nothing is known, and for inodes. */
  attribution?: Attribution
  /** Whether it fell below an eviction threshold, too. */
  reachedEviction: boolean
  /** When every level was met again. From then on the shortage is history and no longer changes. */
  recoveredAt?: Instant
}

/** Every level of the node's filesystem at which its kubelet acts; none while its settings are unknown. */
export function levelsOf({ kubeletConfiguration, readings }: NodeView): DiskLevel[] {
  const latest = latestReading(readings)
  return kubeletConfiguration && latest ? diskLevels(kubeletConfiguration.value, latest) : []
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
  const begun = levelsOf(view)
    .map((level) => begin(view, level, since))
    .filter((shortage) => shortage !== undefined)
  return begun.toSorted((a, b) => a.crossedAt - b.crossedAt)[0] ?? previous
}

function begin(view: NodeView, level: DiskLevel, since: Instant): DiskShortage | undefined {
  const readings = availableReadings(view, level.unit)
  const crossed = readings.find(({ at, available }) => at > since && available < level.below)
  if (!crossed) return undefined
  const fall = { from: crossed, to: crossed }
  return continued(view, { unit: level.unit, level, crossedAt: crossed.at, fall, reachedEviction: false })
}

function continued(view: NodeView, shortage: DiskShortage): DiskShortage {
  const { unit, level, crossedAt } = shortage
  const readings = availableReadings(view, unit)
  const crossing = readings.findIndex(({ at }) => at === crossedAt)
  const fall = (crossing === -1 ? undefined : findFall(readings, crossing, level.below)) ?? shortage.fall
  const latest = readings.at(-1)
  const attribution = unit === 'bytes' ? attributeFall(view, fall) : undefined
  const eviction = levelsOf(view).filter((other) => other.unit === unit && other.kind !== 'image-gc')
  return {
    ...shortage,
    fall,
    reachedEviction: shortage.reachedEviction || eviction.some(({ below }) => fall.to.available < below),
    ...(attribution === undefined ? {} : { attribution }),
    ...(latest !== undefined && latest.available >= level.below ? { recoveredAt: latest.at } : {}),
  }
}

function availableReadings({ readings }: NodeView, unit: DiskLevel['unit']): AvailableReading[] {
  return readings.map(({ at, availableBytes, inodesFree }) => ({
    at,
    available: unit === 'bytes' ? availableBytes : inodesFree,
  }))
}
