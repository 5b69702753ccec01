import type { Duration } from '../../units/duration.ts'
import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'

/** Who keeps the logs of a node's containers from growing. */
export type LogRotator = 'kubelet' | 'docker-daemon' | 'nobody'

/**
 * Who rotates container logs (semantics §7.1): the kubelet for CRI runtimes, from 1.11 on; for docker,
 * with dockershim or without, only docker's own `max-size`, which is unlimited unless set.
 */
export function logRotator(runtime: 'docker' | 'containerd' | 'cri-o', version: KubeletVersion): LogRotator {
  if (runtime === 'docker') return 'docker-daemon'
  return isAtLeast(version, 11) ? 'kubelet' : 'nobody'
}

/** How the kubelet rotates. */
export interface LogRotationSettings {
  /** A log of this many bytes or more is rotated; negative for no rotation. */
  maxSizeBytes: number
  /** With the live file and the newest rotated one. */
  maxFiles: number
  /** How many logs are rotated at once. */
  workers: number
  /** Between two looks, in milliseconds. */
  monitorInterval: Duration
}

/** The settings of a configuration, resolved. */
export type ResolvedLogRotation =
  { settings: LogRotationSettings } | { refused: 'max-files-below-2' | 'monitor-interval-below-3s' }

/**
 * The settings of semantics §7.1 with their defaults: 10 MiB, 5 files, one worker, every 10 s. The number
 * of workers and the interval count from 1.30 on; the kubelet refuses fewer than two files, or less than 3 s.
 */
export function logRotationSettings(
  configured: Partial<LogRotationSettings>,
  version: KubeletVersion,
): ResolvedLogRotation {
  const { maxSizeBytes = 10 * 2 ** 20, maxFiles = 5 } = configured
  const { workers = 1, monitorInterval = 10_000 } = isAtLeast(version, 30) ? configured : {}
  if (maxFiles < 2) return { refused: 'max-files-below-2' }
  if (monitorInterval < 3000) return { refused: 'monitor-interval-below-3s' }
  return { settings: { maxSizeBytes, maxFiles, workers, monitorInterval } }
}
