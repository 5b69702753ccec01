import { diskLevels, type DiskLevel, type FilesystemContent } from '../kubelet/disk-levels.ts'
import { hasOwnImageFilesystem, type NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import { latestReading } from '../observe/plausible-readings.ts'

/** A filesystem of a node as its kubelet watches it. */
export interface WatchedFilesystem {
  holds: FilesystemContent
  /** Oldest first. */
  readings: readonly FilesystemReading[]
  latest: FilesystemReading
  /** Every level at which the kubelet acts, highest first, bytes before inodes; none while its settings are unknown. */
  levels: readonly DiskLevel[]
}

/**
 * The filesystems that a node's kubelet watches, as far as there are readings of them (semantics §3.3): one, or
 * that of its own data and that of the images. Which levels belong to a filesystem depends on what it holds.
 */
export function watchedFilesystems(view: NodeView): WatchedFilesystem[] {
  if (hasOwnImageFilesystem(view)) {
    return [
      ...watched(view, 'kubelet-data', view.readings),
      ...watched(view, 'images', view.imagefsReadings ?? []),
    ]
  }
  return watched(view, 'all', view.readings)
}

function watched(
  { kubeletConfiguration }: NodeView,
  holds: FilesystemContent,
  readings: readonly FilesystemReading[],
): WatchedFilesystem[] {
  const latest = latestReading(readings)
  if (!latest) return []
  const levels = kubeletConfiguration ? diskLevels(kubeletConfiguration.value, latest, holds) : []
  return [{ holds, readings, latest, levels }]
}
