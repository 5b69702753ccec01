import type { ForecastLevel } from '../forecast/forecast-levels.ts'
import type { DiskLevel } from '../kubelet/disk-levels.ts'
import type { Instant } from '../units/instant.ts'
import type { DiskReport, NodeReport } from './node-report.ts'

/** What comes next for a disk. */
export type NextLevel =
  /** It was not seen. */
  | { kind: 'unseen' }
  /** The lowest level that is crossed. */
  | { kind: 'crossed'; level: DiskLevel }
  /** The level that growth leads to, and when, as far as can be foretold. */
  | { kind: 'expected'; level: ForecastLevel; at: Instant }
  /** The nearest level, and how far it is. */
  | { kind: 'ahead'; level: DiskLevel; marginBytes: number }
  /** The settings of its kubelet are not known. */
  | { kind: 'unknown' }

/** What comes next for a disk of a node: a level that is crossed, one that growth leads to, or the nearest one. */
export function nextLevel({ isSeen, forecast }: NodeReport, disk: DiskReport | undefined): NextLevel {
  if (!isSeen || !disk) return { kind: 'unseen' }
  const lowest = disk.crossed.at(-1)
  if (lowest) return { kind: 'crossed', level: lowest }
  const at = forecast?.at.p50
  const isSame = forecast && (disk.next === null || forecast.level.id === disk.next.level.id)
  if (forecast && isSame && at !== undefined && at !== null) {
    return { kind: 'expected', level: forecast.level, at }
  }
  return disk.next ? { kind: 'ahead', ...disk.next } : { kind: 'unknown' }
}
