/** What has to be known of an orphaned pod directory before anyone but the kubelet may clean it up. Undefined: not known. */
export interface OrphanFacts {
  isKnownToApiServer: boolean | undefined
  /** Static pods have the hash of their file as UID. */
  isStaticPod: boolean | undefined
  /** In any state, by the label `io.kubernetes.pod.uid`. */
  hasContainerOrSandbox: boolean | undefined
  /** Below it, in the host's mount namespace; covers the bind mounts that kubelets up to 1.29 miss. */
  hasMountOnHost: boolean | undefined
  /** Below it, in any other mount namespace. */
  hasMountElsewhere: boolean | undefined
  /** A working directory, root or open file of any process. */
  isUsedByProcess: boolean | undefined
  /** Anything below `volumes` but empty directories and known leftovers. */
  hasUserData: boolean | undefined
  hasLinkOutside: boolean | undefined
}

/** Why a clean-up is not provably safe. */
export type UnsafeReason =
  | 'pod-known'
  | 'static-pod'
  | 'container-left'
  | 'mounted-on-host'
  | 'mounted-elsewhere'
  | 'in-use-by-process'
  | 'user-data'
  | 'link-leads-out'

const CONDITIONS: readonly (readonly [keyof OrphanFacts, UnsafeReason])[] = [
  ['isKnownToApiServer', 'pod-known'],
  ['isStaticPod', 'static-pod'],
  ['hasContainerOrSandbox', 'container-left'],
  ['hasMountOnHost', 'mounted-on-host'],
  ['hasMountElsewhere', 'mounted-elsewhere'],
  ['isUsedByProcess', 'in-use-by-process'],
  ['hasUserData', 'user-data'],
  ['hasLinkOutside', 'link-leads-out'],
]

/**
 * The first condition, in the order of semantics §4.4, for which a clean-up of an orphaned pod directory
 * would not be provably safe; what is not known counts as unsafe. Undefined when every one is met.
 */
export function firstUnsafeReason(
  facts: OrphanFacts,
): { reason: UnsafeReason; isKnown: boolean } | undefined {
  for (const [fact, reason] of CONDITIONS) {
    const holds = facts[fact]
    if (holds !== false) return { reason, isKnown: holds !== undefined }
  }
  return undefined
}

/** What a clean-up does once it is safe, in this order (semantics §4.4): `volumes` and `volume-subpaths` are never deleted recursively. */
export const SAFE_CLEAN_UP = ['unmount-leftovers', 'remove-vol-data', 'rmdir-bottom-up'] as const

/**
 * Whether CSI's `vol_data.json` may be deleted (semantics §4.4): it is what the kubelet unmounts by, so
 * only when the `mount` beside it is absent, or empty and no mount. Undefined, and so no, where that is not known.
 */
export function mayDeleteVolData(
  mountBeside: { isMounted: boolean | undefined; isEmpty: boolean | undefined } | 'absent',
): boolean {
  return mountBeside === 'absent' || (mountBeside.isMounted === false && mountBeside.isEmpty === true)
}
