/** Bytes a filesystem has, and those an unprivileged process may still use (statfs `f_bavail`). */
export interface DiskSpace {
  capacityBytes: number
  availableBytes: number
}

/**
 * The use in percent that image garbage collection compares with its thresholds:
 * `100 − ⌊available·100 / capacity⌋`, in 64-bit integers (semantics §1.4, all versions).
 * Undefined for capacity 0, which the kubelet refuses as "invalid capacity 0", and for what is no number of bytes.
 */
export function imageGcUsagePercent({ capacityBytes, availableBytes }: DiskSpace): number | undefined {
  if (!Number.isInteger(capacityBytes) || !Number.isInteger(availableBytes)) return undefined
  if (capacityBytes <= 0) return undefined
  const capacity = BigInt(capacityBytes)
  const available = BigInt(Math.min(availableBytes, capacityBytes))
  return 100 - Number((available * 100n) / capacity)
}

/** The bytes image garbage collection would want to free now to reach its low threshold (semantics §1.4). */
export function imageGcBytesToFree(
  { capacityBytes, availableBytes }: DiskSpace,
  lowThresholdPercent: number,
): number {
  const wanted = (BigInt(capacityBytes) * BigInt(100 - lowThresholdPercent)) / 100n
  return Number(wanted - BigInt(Math.min(availableBytes, capacityBytes)))
}

/**
 * The largest number of available bytes at which image garbage collection still starts:
 * because of the floor in the percentage it starts below `101 − high` percent (semantics §1.4).
 */
export function imageGcStartsAtAvailableBytes(capacityBytes: number, highThresholdPercent: number): number {
  const limit = BigInt(capacityBytes) * BigInt(101 - highThresholdPercent)
  return Number((limit + 99n) / 100n) - 1
}
