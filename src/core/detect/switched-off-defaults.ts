import { isUnreadable } from '../kubernetes/kubelet-configuration.ts'
import { defaultHardThresholds } from '../kubelet/eviction/thresholds.ts'
import { DISK_SIGNALS, type DiskSignal } from '../kubelet/eviction-threshold.ts'
import { isAtLeast } from '../kubelet/kubelet-version.ts'
import { filesystemOf, unitOf, type NodeSettings } from './threshold-settings.ts'

/** A default hard threshold that is not in force. */
export interface DefaultOff {
  signal: DiskSignal
  /** What it is by default, such as `15%`. */
  setting: string
  /** Whether another hard threshold watches the same filesystem for the same. */
  isCovered: boolean
}

/**
 * Which defaults of this version are not in force (semantics §3.2): left out of a user's map, which replaces
 * them whole, or set to `0%` or `100%`. Where the version is not known, those that every version has; none
 * where the map cannot be read.
 */
export function defaultsOff(settings: NodeSettings): { off: DefaultOff[]; canMerge: boolean } {
  const { configuration, version, thresholds, isSingleFilesystem } = settings
  const canMerge = version !== undefined && isAtLeast(version, 33)
  if (isUnreadable(configuration, 'evictionHard')) return { off: [], canMerge }
  const defaults = defaultHardThresholds(version ?? { minor: 0, patch: 0 })
  const hard = thresholds.filter(({ kind }) => kind === 'hard')
  const off = DISK_SIGNALS.flatMap((signal) => {
    const setting = defaults[signal]
    if (setting === undefined || hard.some((threshold) => threshold.signal === signal)) return []
    const isCovered = hard.some(
      (threshold) =>
        threshold.unit === unitOf(signal) &&
        // Where the layout is not known, no gap is claimed.
        (isSingleFilesystem !== false || filesystemOf(threshold.signal) === filesystemOf(signal)),
    )
    return [{ signal, setting, isCovered }]
  })
  return { off, canMerge: canMerge && configuration.mergeDefaultEvictionSettings !== true }
}
