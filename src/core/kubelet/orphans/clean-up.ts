import type { OrphanRules } from './orphan-rules.ts'
import { seesMount, subpathLeaves, volumePaths, type PodDirectoryEntry } from './pod-directory.ts'
import { beginRemoval, removeEntry, removeTree, type RemovalError } from './removal.ts'

/** An orphan as the kubelet finds it. */
export interface OrphanedPodDirectory {
  entries: readonly PodDirectoryEntry[]
  isKillPending: boolean
  /** What the volume manager still lists for the UID. */
  listedVolumes: 'none' | 'mounted' | 'uncertain'
}

/** An error of a clean-up, by what it says (semantics §4.3). */
export interface OrphanError {
  says:
    | 'volume-paths-present'
    | 'subpaths-present'
    | 'rmdir-volume'
    | 'rmdir-subpath'
    | 'remove-volumes'
    | 'remove-subdirectory'
    | 'remove-pod-directory'
  /** Below the pod's directory; empty for that itself. */
  path: string
  error?: RemovalError
}

/** What the kubelet does about an orphan. Skipped says nothing at the default verbosity, refused touches nothing. */
export type OrphanOutcome =
  | { kind: 'skipped'; because: 'kill-pending' | 'volumes-listed' | 'mounted' | 'mount-unknown' }
  | { kind: 'refused'; errors: readonly OrphanError[] }
  | {
      kind: 'cleaned' | 'failed'
      errors: readonly OrphanError[]
      removed: readonly string[]
      /** What was removed of a volume behind a mount that the kubelet did not see: lost. */
      lost: readonly string[]
    }

/** What a pod's directory itself is called here. */
const ROOT: PodDirectoryEntry = { path: '', isDirectory: true, mount: 'none' }

/**
 * The clean-up of one orphaned pod directory (semantics §4.2, by version), as far as it can be told from
 * what lies below it. It is tried again every two seconds.
 */
export function cleanUpOrphan(
  { entries, isKillPending, listedVolumes }: OrphanedPodDirectory,
  rules: OrphanRules,
  kernelTellsMountRoots: boolean,
): OrphanOutcome {
  const isMount = (entry: PodDirectoryEntry) => seesMount(entry, rules, kernelTellsMountRoots)
  const isListed =
    listedVolumes === 'mounted' || (listedVolumes === 'uncertain' && rules.countsUncertainMounts)
  if (rules.waitsForKill && isKillPending) return { kind: 'skipped', because: 'kill-pending' }
  if (isListed) return { kind: 'skipped', because: 'volumes-listed' }
  const volumes = volumePaths(entries)
  for (const volume of volumes) {
    const mounted = isMount(volume)
    if (mounted !== false) return { kind: 'skipped', because: mounted ? 'mounted' : 'mount-unknown' }
  }
  if (rules.leftovers === 'refuse') {
    if (volumes.length > 0) return refusal('volume-paths-present', 'volumes')
    const hasSubpaths = entries.some(({ path }) => path === 'volume-subpaths')
    if (hasSubpaths) return refusal('subpaths-present', 'volume-subpaths')
  }
  return removeDirectory(entries, volumes, rules, isMount)
}

function refusal(says: OrphanError['says'], path: string): OrphanOutcome {
  return { kind: 'refused', errors: [{ says, path }] }
}

function removeDirectory(
  entries: readonly PodDirectoryEntry[],
  volumes: readonly PodDirectoryEntry[],
  rules: OrphanRules,
  isMount: (entry: PodDirectoryEntry) => boolean | undefined,
): OrphanOutcome {
  const progress = beginRemoval([ROOT, ...entries])
  const rmdir = (says: OrphanError['says'], path: string, removesFiles = false) =>
    asError(says, path, removeEntry(progress, path, removesFiles))
  const tree = (says: OrphanError['says'], path: string, removesFiles: boolean) =>
    asError(says, path, removeTree(progress, path, removesFiles, isMount))

  let errors = [
    ...volumes.flatMap(({ path }) => rmdir('rmdir-volume', path)),
    ...subpathLeaves(entries).flatMap(({ path }) => rmdir('rmdir-subpath', path, rules.removesSubpathFiles)),
    ...(rules.sparesVolumeFiles ? tree('remove-volumes', 'volumes', false) : []),
  ]
  if (errors.length === 0) {
    const top = entries.map(({ path }) => path).filter((path) => !path.includes('/'))
    errors = rules.sparesVolumeFiles
      ? [
          ...top.flatMap((path) => tree('remove-subdirectory', path, true)),
          ...rmdir('remove-pod-directory', ''),
        ]
      : tree('remove-pod-directory', '', true)
  }
  const isBehindMount = (path: string) =>
    entries.some((entry) => entry.mount !== 'none' && path.startsWith(`${entry.path}/`))
  return {
    kind: errors.length === 0 ? 'cleaned' : 'failed',
    errors,
    removed: progress.removed,
    lost: progress.removed.filter(isBehindMount),
  }
}

function asError(says: OrphanError['says'], path: string, error: RemovalError | undefined): OrphanError[] {
  return error === undefined ? [] : [{ says, path, error }]
}
