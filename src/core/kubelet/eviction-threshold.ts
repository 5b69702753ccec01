import { parseQuantity } from '../units/quantity.ts'

/** The eviction signals about disks (semantics §3.1). */
export const DISK_SIGNALS = [
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
] as const
export type DiskSignal = (typeof DISK_SIGNALS)[number]

/**
 * The quantity that a threshold such as `10%` or `1Gi` means on a filesystem of this capacity.
 * A percentage is divided by 100 in a 32-bit float and multiplied in a 64-bit one, as the
 * kubelet does (semantics §3.2, all versions). Undefined for `0%` and `100%`, which mean "no
 * threshold", and for a text that is neither.
 */
export function evictionThresholdQuantity(threshold: string, capacity: number): number | undefined {
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(threshold)
  if (!percent) {
    const quantity = parseQuantity(threshold)
    return quantity !== undefined && quantity > 0 ? quantity : undefined
  }
  const value = Number(percent[1])
  if (value <= 0 || value >= 100) return undefined
  return Math.trunc(capacity * Math.fround(Math.fround(value) / 100))
}
