import type { PodDirectoryEntry } from './pod-directory.ts'

/** Why the operating system, or the kubelet itself, removes something not. */
export type RemovalError = 'busy' | 'not-empty' | 'not-a-directory' | 'is-a-mount-point' | 'mount-unknown'

/** A pod's directory while it is being removed. */
export interface RemovalInProgress {
  left: Map<string, PodDirectoryEntry>
  removed: string[]
}

/** A directory of which nothing is removed yet. */
export function beginRemoval(entries: readonly PodDirectoryEntry[]): RemovalInProgress {
  return { left: new Map(entries.map((entry) => [entry.path, entry])), removed: [] }
}

/** Removes one entry: a directory only when it is empty, nothing that is mounted on, a file only when files may go. */
export function removeEntry(
  progress: RemovalInProgress,
  path: string,
  removesFiles: boolean,
): RemovalError | undefined {
  const entry = progress.left.get(path)
  if (!entry) return undefined
  if (!entry.isDirectory && !removesFiles) return 'not-a-directory'
  if (entry.mount !== 'none') return 'busy'
  if (childrenOf(progress, path).length > 0) return 'not-empty'
  progress.left.delete(path)
  progress.removed.push(path)
  return undefined
}

/**
 * The kubelet's recursive removal on one filesystem (semantics §4.2): it does not enter what it sees to be
 * a mount point, goes on after an error, and returns the first one.
 */
export function removeTree(
  progress: RemovalInProgress,
  path: string,
  removesFiles: boolean,
  isMount: (entry: PodDirectoryEntry) => boolean | undefined,
): RemovalError | undefined {
  const error = removeEntry(progress, path, removesFiles)
  const entry = progress.left.get(path)
  if (error === undefined || !entry?.isDirectory) return error
  const mounted = isMount(entry)
  if (mounted !== false) return mounted ? 'is-a-mount-point' : 'mount-unknown'
  const errors = childrenOf(progress, path).map((child) => removeTree(progress, child, removesFiles, isMount))
  const own = removeEntry(progress, path, removesFiles)
  return own && (errors.find((one) => one !== undefined) ?? own)
}

function childrenOf({ left }: RemovalInProgress, path: string): string[] {
  const start = path === '' ? '' : `${path}/`
  return [...left.keys()].filter(
    (other) => other !== path && other.startsWith(start) && !other.slice(start.length).includes('/'),
  )
}
