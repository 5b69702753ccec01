import { forVersion, isAtLeast, type KubeletVersion, type Since } from '../kubelet-version.ts'

/** What differs between versions in the clean-up of orphaned pod directories (semantics §4.2). */
export interface OrphanRules {
  /** Whether a directory is left alone while the kill of its pod is pending. */
  waitsForKill: boolean
  /** Whether mounts that the volume manager is not certain of keep it from a clean-up. */
  countsUncertainMounts: boolean
  /** What happens to directories of volumes and subpaths that are no mount points. */
  leftovers: 'refuse' | 'rmdir'
  /** Whether regular files below `volumes` stop the clean-up rather than be deleted. */
  sparesVolumeFiles: boolean
  /** Whether a subpath that is a file is removed like one that is a directory. */
  removesSubpathFiles: boolean
  /** Whether a bind mount on the same filesystem can be seen at all; it takes a kernel that tells (about 5.8 and later). */
  seesBindMounts: boolean
}

/** PR #95301 in 1.21 and its picks: 1.18.17, 1.19.9, 1.20.5. */
const LEFTOVERS: [Since<OrphanRules['leftovers']>, ...Since<OrphanRules['leftovers']>[]] = [
  { since: 0, value: 'refuse' },
  { since: [18, 17], value: 'rmdir' },
  { since: 19, value: 'refuse' },
  { since: [19, 9], value: 'rmdir' },
  { since: 20, value: 'refuse' },
  { since: [20, 5], value: 'rmdir' },
]
/** PR #102576 in 1.22 and its picks: 1.20.10, 1.21.4. */
const SPARES_VOLUME_FILES: [Since<boolean>, ...Since<boolean>[]] = [
  { since: 0, value: false },
  { since: [20, 10], value: true },
  { since: 21, value: false },
  { since: [21, 4], value: true },
]

/** The rules of a version (semantics §4.2, versions 1.14–1.36). */
export function orphanRules(version: KubeletVersion): OrphanRules {
  return {
    waitsForKill: version.minor === 21,
    countsUncertainMounts: isAtLeast(version, 22),
    leftovers: forVersion(LEFTOVERS, version),
    sparesVolumeFiles: forVersion(SPARES_VOLUME_FILES, version),
    removesSubpathFiles: isAtLeast(version, 30),
    seesBindMounts: isAtLeast(version, 30),
  }
}
