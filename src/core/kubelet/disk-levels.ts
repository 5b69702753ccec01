import { isUnreadable, type KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { DISK_SIGNALS, evictionThresholdQuantity, type DiskSignal } from './eviction-threshold.ts'
import { imageGcStartsAtAvailableBytes } from './image-gc-threshold.ts'

/** A level of what is still available at which the kubelet does something. */
export interface DiskLevel {
  id: 'image-gc' | DiskSignal
  kind: 'image-gc' | 'hard' | 'soft'
  unit: 'bytes' | 'inodes'
  /** The kubelet acts when less than this is available. */
  below: number
  /** The setting as configured, such as `12%`. */
  setting: string
}

/** What a filesystem holds: the kubelet's own data, the images, or both. */
export type FilesystemContent = 'all' | 'kubelet-data' | 'images'

/** The size of a filesystem in bytes and inodes. */
export interface FilesystemSize {
  capacityBytes: number
  inodes: number
}

/**
 * Every level at which the kubelet acts on a filesystem, by what it holds (semantics §1.4, §3.1, §3.2), highest
 * first, bytes before inodes: image garbage collection and `imagefs.…` watch the one with the images, `nodefs.…`
 * that of the kubelet's own data. Image garbage collection is off at a high threshold of 100 (semantics §1.1),
 * and left out where that threshold cannot be read.
 */
export function diskLevels(
  configuration: KubeletConfiguration,
  size: FilesystemSize,
  holds: FilesystemContent,
): DiskLevel[] {
  const levels: DiskLevel[] = []
  const high = configuration.imageGCHighThresholdPercent
  const isKnown = !isUnreadable(configuration, 'imageGCHighThresholdPercent')
  if (isKnown && holds !== 'kubelet-data' && high < 100 && size.capacityBytes > 0) {
    const below = imageGcStartsAtAvailableBytes(size.capacityBytes, high) + 1
    levels.push({ id: 'image-gc', kind: 'image-gc', unit: 'bytes', below, setting: `${high}%` })
  }
  for (const [kind, thresholds] of [
    ['hard', configuration.evictionHard],
    ['soft', configuration.evictionSoft],
  ] as const) {
    for (const signal of DISK_SIGNALS) {
      const setting = thresholds[signal]
      if (setting === undefined || !isWatchedBy(signal, holds)) continue
      const unit = signal.endsWith('.inodesFree') ? 'inodes' : 'bytes'
      const below = evictionThresholdQuantity(setting, unit === 'bytes' ? size.capacityBytes : size.inodes)
      if (below !== undefined) levels.push({ id: signal, kind, unit, below, setting })
    }
  }
  return levels.toSorted((a, b) => a.unit.localeCompare(b.unit) || b.below - a.below)
}

function isWatchedBy(signal: DiskSignal, holds: FilesystemContent): boolean {
  return holds === 'all' || signal.startsWith('nodefs.') === (holds === 'kubelet-data')
}

/** The levels that are crossed: less is available than they ask for. */
export function crossedLevels<Level extends DiskLevel>(
  levels: readonly Level[],
  available: { availableBytes: number; inodesFree: number },
): Level[] {
  return levels.filter(
    ({ unit, below }) => (unit === 'bytes' ? available.availableBytes : available.inodesFree) < below,
  )
}
