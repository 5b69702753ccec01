import type { DiskLevel, FilesystemContent } from '../kubelet/disk-levels.ts'
import type { DiskSignal } from '../kubelet/eviction-threshold.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { WatchedFilesystem } from './watched-filesystems.ts'

/** A level that an eviction threshold sets. */
type EvictionLevel = DiskLevel & { id: DiskSignal }

/** The levels at which a kubelet evicts, highest first, bytes before inodes. */
export function evictionLevels({ levels }: WatchedFilesystem): EvictionLevel[] {
  return levels.filter((level): level is EvictionLevel => level.id !== 'image-gc')
}

/** Whether less than so many percent of a filesystem are left before a level is crossed; not once it is. */
export function isNear(
  { unit, below }: DiskLevel,
  { availableBytes, capacityBytes, inodesFree, inodes }: FilesystemReading,
  marginPercent: number,
): boolean {
  const [available, size] = unit === 'bytes' ? [availableBytes, capacityBytes] : [inodesFree, inodes]
  return available >= below && available < below + (size * marginPercent) / 100
}

/** Which of two filesystems is meant; nothing where there is one. */
export function ofTwo(holds: FilesystemContent): { holds?: 'kubelet-data' | 'images' } {
  return holds === 'all' ? {} : { holds }
}

/** What a sentence about an eviction threshold is told. */
export function thresholdWords(
  { id, kind, unit, below, setting }: EvictionLevel,
  { holds, latest }: WatchedFilesystem,
) {
  return {
    ...ofTwo(holds),
    signal: id,
    isSoft: kind === 'soft',
    setting,
    unit,
    below,
    available: unit === 'bytes' ? latest.availableBytes : latest.inodesFree,
  }
}
