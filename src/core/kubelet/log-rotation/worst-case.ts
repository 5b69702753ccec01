import type { LogRotationSettings } from './rotation-settings.ts'

/** How a container writes. */
export interface LogWriter {
  bytesPerSecond: number
  /** What is left of a log when it is compressed, from 0 to 1. */
  compressedShare: number
}

/**
 * The most bytes that the logs of one restart of a container come to while the kubelet rotates them
 * (semantics §7.1, all versions): the live file, the last one still plain, and `maxFiles` − 2 compressed,
 * each as large as it may become between two looks. Without rotation there is no bound.
 */
export function worstCaseLogBytes(
  { maxSizeBytes, maxFiles, monitorInterval }: Omit<LogRotationSettings, 'workers'>,
  { bytesPerSecond, compressedShare }: LogWriter,
): number {
  if (maxSizeBytes < 0) return Infinity
  const largestBytes = maxSizeBytes + (bytesPerSecond * monitorInterval) / 1000
  return largestBytes * (2 + (maxFiles - 2) * compressedShare)
}

/** The most bytes of a docker json-file log (semantics §7.1): unlimited unless a size is set, and then one file unless more are. */
export function worstCaseDockerLogBytes({
  maxSizeBytes = Infinity,
  maxFiles = 1,
}: {
  maxSizeBytes?: number
  maxFiles?: number
}): number {
  return maxSizeBytes * maxFiles
}
