import { diskLevels, type DiskLevel } from '../kubelet/disk-levels.ts'
import { hasOwnImageFilesystem, type NodeView } from '../observe/node-view.ts'
import type { FilesystemReading } from '../observe/observation.ts'
import type { Duration } from '../units/duration.ts'
import type { DiskGrowth } from './disk-growth.ts'
import { crossing } from './growth/crossing.ts'
import type { InstantRange } from './ranged-actions.ts'

/** A level of the disk, and when it is crossed. */
export interface ForecastLevel extends Omit<DiskLevel, 'id' | 'kind'> {
  id: DiskLevel['id'] | 'full' | 'inodes-full'
  kind: DiskLevel['kind'] | 'full'
  at: InstantRange
}

const NEVER: InstantRange = { p10: null, p50: null, p90: null }

/** The levels of the disk with the kubelet's data, the soonest first; one that is crossed is crossed now. */
export function forecastLevels(
  view: NodeView,
  latest: FilesystemReading,
  growths: DiskGrowth,
  horizon: Duration,
): ForecastLevel[] {
  const configuration = view.kubeletConfiguration?.value
  const holds = hasOwnImageFilesystem(view) ? 'kubelet-data' : 'all'
  const acted = configuration ? diskLevels(configuration, latest, holds) : []
  const full = [
    { id: 'full', kind: 'full', unit: 'bytes', below: 1, setting: '0' },
    ...(latest.inodes > 0
      ? [{ id: 'inodes-full', kind: 'full', unit: 'inodes', below: 1, setting: '0' } as const]
      : []),
  ] as const
  const levels = [...acted, ...full].flatMap((level) => {
    const growth = growths[level.unit]
    const size = level.unit === 'bytes' ? latest.capacityBytes : latest.inodes
    const isCrossed = (level.unit === 'bytes' ? latest.availableBytes : latest.inodesFree) < level.below
    if (isCrossed) return { ...level, at: { p10: latest.at, p50: latest.at, p90: latest.at } }
    if (growth) return { ...level, at: crossing(growth, size - level.below + 1, horizon) }
    return level.unit === 'inodes' && growths.bytes ? { ...level, at: NEVER } : []
  })
  const order = ({ at }: ForecastLevel) => at.p50 ?? at.p10 ?? Infinity
  return levels.toSorted((a, b) => order(a) - order(b) || b.below - a.below)
}
