import type { DiskShortage } from '../detect/disk-shortage.ts'
import type { Duration } from '../units/duration.ts'
import type { TracedEpisode } from './trace-causes.ts'

/** The kubelet collects images every five minutes, and lists what is left within one more. */
const SOON: Duration = 10 * 60_000

/** Images that went while readings show the disk to be short went because of that, as far as anyone can tell without a log. */
export function underShortage(episode: TracedEpisode, shortage: DiskShortage | undefined): TracedEpisode {
  const { root, cause } = episode
  if (!shortage || cause !== 'image-lost' || root.fact.id !== 'image-gone') return episode
  const { crossedAt, recoveredAt = Infinity, unit } = shortage
  if (root.order < crossedAt || root.order - recoveredAt > SOON) return episode
  const filled = unit === 'bytes' ? ('disk-filled' as const) : ('inodes-filled' as const)
  const isRoot = episode.fact === root.fact
  return {
    ...episode,
    cause: filled,
    ...(isRoot ? { rule: 'shortage-removes-images', certainty: 'inferred' as const } : {}),
  }
}
