import type { OrphanRules } from './orphan-rules.ts'

/** A file or directory below a pod's directory. */
export interface PodDirectoryEntry {
  /** Below the pod's directory, such as `volumes/kubernetes.io~csi/pv1/mount`; parents are listed too. */
  path: string
  isDirectory: boolean
  /** What is mounted on it in the kubelet's mount namespace; unknown where that cannot be told, as on a dead network mount. */
  mount: 'none' | 'other-filesystem' | 'same-filesystem' | 'unknown'
}

/** Whether the kubelet takes an entry for a mount point (semantics §4.2); undefined where its check fails. */
export function seesMount(
  { mount }: PodDirectoryEntry,
  { seesBindMounts }: Pick<OrphanRules, 'seesBindMounts'>,
  kernelTellsMountRoots: boolean,
): boolean | undefined {
  if (mount === 'unknown') return undefined
  if (mount === 'same-filesystem') return seesBindMounts && kernelTellsMountRoots
  return mount === 'other-filesystem'
}

/** The directories of volumes (semantics §4.2, all versions): `volumes/<plugin>/<name>`, of CSI its `mount` where there is one. */
export function volumePaths(entries: readonly PodDirectoryEntry[]): PodDirectoryEntry[] {
  return entries.filter(({ path }) =>
    path.startsWith('volumes/kubernetes.io~csi/')
      ? /^volumes\/[^/]+\/[^/]+\/mount$/.test(path)
      : /^volumes\/[^/]+\/[^/]+$/.test(path),
  )
}

/** What subPaths were mounted on (semantics §4.2, §7.3): `volume-subpaths/<volume>/<container>/<index>`. */
export function subpathLeaves(entries: readonly PodDirectoryEntry[]): PodDirectoryEntry[] {
  return entries.filter(({ path }) => /^volume-subpaths\/[^/]+\/[^/]+\/[^/]+$/.test(path))
}
