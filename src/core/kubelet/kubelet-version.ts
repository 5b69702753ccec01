/** A kubelet's version as far as its rules depend on it: 1.minor.patch. */
export interface KubeletVersion {
  minor: number
  patch: number
}

/**
 * Reads what Node.status.nodeInfo.kubeletVersion says, such as `v1.20.2`, `v1.26.3+k3s1` or
 * `1.18.9-eks-d1db3c`. Undefined when it says no version 1.x: then no rule may be assumed.
 */
export function parseKubeletVersion(text: string): KubeletVersion | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.(\d{1,4}))?(?:[-+][\w.+-]{0,100})?$/.exec(text.trim())
  if (!match) return undefined
  return { minor: Number(match[1]), patch: Number(match[2] ?? 0) }
}

/** Whether a version is 1.minor.patch or later. */
export function isAtLeast(version: KubeletVersion, minor: number, patch = 0): boolean {
  return version.minor > minor || (version.minor === minor && version.patch >= patch)
}

/** A value that changed between versions: from `since` (minor, or minor and patch) on it holds. */
export interface Since<T> {
  since: number | readonly [minor: number, patch: number]
  value: T
}

/** The value that holds for a version: that of the last row not later than it; rows are in order, the first one holds before. */
export function forVersion<T>(rows: readonly [Since<T>, ...Since<T>[]], version: KubeletVersion): T {
  let { value } = rows[0]
  for (const row of rows) {
    const [minor, patch] = typeof row.since === 'number' ? [row.since, 0] : row.since
    if (isAtLeast(version, minor, patch)) value = row.value
  }
  return value
}
