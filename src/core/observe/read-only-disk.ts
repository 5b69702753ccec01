import { shownPath, type BytePath } from './host/byte-path.ts'
import { mountOf, type Mount } from './host/mountinfo.ts'

/** Whose things are kept somewhere. */
export const KEEPERS = ['kubelet', 'runtime', 'logs'] as const
export type Keeper = (typeof KEEPERS)[number]

/** A filesystem of the node that nothing can be written to, and what should be. */
export interface ReadOnlyDisk {
  /** Fit to be shown. */
  mountPoint: string
  keeps: readonly Keeper[]
}

/**
 * Those of the places where kubelet, runtime and logs keep their things that are on a filesystem which is read-only
 * itself: not only where somebody mounted it so.
 */
export function readOnlyDisks(
  places: Readonly<Record<Keeper, BytePath | undefined>>,
  mounts: readonly Mount[],
): ReadOnlyDisk[] {
  const found = new Map<string, { mountPoint: string; keeps: Keeper[] }>()
  for (const keeper of KEEPERS) {
    const place = places[keeper]
    const mount = place === undefined ? undefined : mountOf(place, mounts)
    if (!mount?.isReadOnly) continue
    const disk = found.get(mount.device) ?? { mountPoint: shownPath(mount.mountPoint), keeps: [] }
    found.set(mount.device, { ...disk, keeps: [...disk.keeps, keeper] })
  }
  return [...found.values()]
}
