import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** A pod's usage of a node's disks as the summary shows it (semantics §3.5); PVC and hostPath bytes are in none of them. */
export interface PodDiskUsage {
  writableBytes: number
  logBytes: number
  /** emptyDir, configMap and the like. */
  volumeBytes: number
  writableInodes?: number | undefined
  logInodes?: number | undefined
  volumeInodes?: number | undefined
}

/** A pod as the eviction manager sees it. */
export interface EvictablePod {
  uid: string
  namespace: string
  name: string
  /** `spec.priority`; a missing one counts as 0. */
  priority?: number | undefined
  /** Of ephemeral storage, in bytes, over all containers. */
  requestBytes?: number | undefined
  /** Undefined when the summary has no stats of it. */
  usage?: PodDiskUsage | undefined
  /** From a file or URL rather than the API. */
  isStatic?: boolean | undefined
  /** The API's picture of a static pod. */
  isMirror?: boolean | undefined
  /** Whether a static pod's mirror has a critical priority; before 1.17 that is what spares it. */
  hasCriticalMirror?: boolean | undefined
}

/** system-cluster-critical and higher. */
const CRITICAL_PRIORITY = 2_000_000_000

/**
 * Whether a pod is critical: static, mirror, or of a system priority (semantics §3.9, from 1.17 on).
 * This is also what is admitted under DiskPressure (semantics §3.12).
 */
export function isCritical({ priority = 0, isStatic, isMirror }: EvictablePod): boolean {
  return isStatic === true || isMirror === true || priority >= CRITICAL_PRIORITY
}

/** Whether the eviction manager passes over a pod (semantics §3.9): before 1.17 only static pods, so that kube-proxy can be evicted. */
export function isExempt(pod: EvictablePod, version: KubeletVersion): boolean {
  if (isAtLeast(version, 17)) return isCritical(pod)
  return pod.isStatic === true && pod.hasCriticalMirror !== false
}

/** What a node may be under. */
export type PressureCondition = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure'

/**
 * Whether a pod is admitted while the node has these conditions (semantics §3.12, all versions): under
 * DiskPressure or PIDPressure only a critical one, whatever it tolerates; under MemoryPressure alone also
 * one that is not best-effort, or tolerates it.
 */
export function isAdmitted(
  pod: EvictablePod,
  conditions: readonly PressureCondition[],
  memory: { isBestEffort: boolean; toleratesPressure: boolean } = {
    isBestEffort: false,
    toleratesPressure: false,
  },
): boolean {
  if (conditions.length === 0 || isCritical(pod)) return true
  const isMemoryAlone = conditions.every((condition) => condition === 'MemoryPressure')
  return isMemoryAlone && (!memory.isBestEffort || memory.toleratesPressure)
}
