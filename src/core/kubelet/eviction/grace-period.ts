import type { Duration } from '../../units/duration.ts'
import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** How long a pod has to end. */
export interface EvictionGrace {
  /** What the eviction manager asks for, in milliseconds. */
  requested: Duration
  /** What the pod gets, in milliseconds. */
  effective: Duration
  /** How long the pass waits for the kill before it calls it timed out. */
  waitsAtMost: Duration
}

const SECOND = 1000

/**
 * The grace period of an evicted pod (semantics §3.10). From 1.22 to 1.30 a requested 0 is read as
 * "unset", so that the pod gets its own full period.
 */
export function evictionGrace(
  kind: 'hard' | 'soft' | 'local-limit',
  version: KubeletVersion,
  { maxPodGracePeriod, podGracePeriod }: { maxPodGracePeriod: Duration; podGracePeriod: Duration },
): EvictionGrace {
  const requested =
    kind === 'soft' ? softRequest(version, maxPodGracePeriod, podGracePeriod) : hardRequest(version)
  const isReadAsUnset = requested === 0 && isAtLeast(version, 22) && !isAtLeast(version, 31)
  const least = isAtLeast(version, 31) ? 2 * SECOND : 0
  return {
    requested,
    effective: isReadAsUnset ? podGracePeriod : Math.max(requested, least),
    waitsAtMost: Math.max(10 * SECOND, 1.5 * requested),
  }
}

function hardRequest(version: KubeletVersion): Duration {
  return isAtLeast(version, 31) ? SECOND : 0
}

/** 1.31 alone takes the maximum as it is; before 1.22 it holds also when it is larger than the pod's own. */
function softRequest(version: KubeletVersion, maximum: Duration, own: Duration): Duration {
  const asIs = !isAtLeast(version, 22) || (isAtLeast(version, 31) && !isAtLeast(version, 32))
  return asIs ? maximum : Math.min(maximum, own)
}
