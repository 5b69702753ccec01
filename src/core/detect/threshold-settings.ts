import { isUnreadable, type KubeletConfiguration } from '../kubernetes/kubelet-configuration.ts'
import { evictionThresholds } from '../kubelet/eviction/thresholds.ts'
import { DISK_SIGNALS, evictionThresholdQuantity, type DiskSignal } from '../kubelet/eviction-threshold.ts'
import { imageGcStartsAtAvailableBytes } from '../kubelet/image-gc-threshold.ts'
import { parseKubeletVersion, type KubeletVersion } from '../kubelet/kubelet-version.ts'
import type { NodeView } from '../observe/node-view.ts'
import { latestReading } from '../observe/plausible-readings.ts'
import type { Duration } from '../units/duration.ts'

/** A level of what is available, as it is set and as it is on this node. */
export interface SetLevel {
  /** As it is set, such as `10%` or `1Gi`. */
  setting: string
  unit: 'bytes' | 'inodes'
  /** The kubelet acts when less than this is available; absent where the size of the filesystem is not known. */
  below?: number
}

/** An eviction threshold about disks that is in force. */
export interface SetThreshold extends SetLevel {
  signal: DiskSignal
  kind: 'hard' | 'soft'
  /** 0 for a hard one. */
  gracePeriod: Duration
}

/** What the settings of a node's kubelet come to on this node. */
export interface NodeSettings {
  configuration: KubeletConfiguration
  /** Absent where it is not known: then no rule of a version may be assumed. */
  version?: KubeletVersion
  /** Whether images and the kubelet's data share a filesystem; absent where that is not known. */
  isSingleFilesystem?: boolean
  thresholds: readonly SetThreshold[]
  /** Bytes or inodes of a signal's filesystem, as far as they are known. */
  sizes: Readonly<Partial<Record<DiskSignal, number>>>
}

/** The settings of a node's kubelet, reckoned with its size; undefined while they are not known. */
export function nodeSettings(view: NodeView): NodeSettings | undefined {
  const configuration = view.kubeletConfiguration?.value
  if (!configuration) return undefined
  const version = parseKubeletVersion(view.kubeletVersion ?? '')
  const isSingleFilesystem = view.summaries.at(-1)?.value.isSingleFilesystem
  const sizes = sizesOf(view, isSingleFilesystem)
  return {
    configuration,
    ...(version === undefined ? {} : { version }),
    ...(isSingleFilesystem === undefined ? {} : { isSingleFilesystem }),
    thresholds: setThresholds(configuration, version, sizes),
    sizes,
  }
}

/** What a setting such as `10%` comes to on the filesystem of a signal. */
export function levelOf(sizes: NodeSettings['sizes'], signal: DiskSignal, setting: string): SetLevel {
  const below = evictionThresholdQuantity(setting, sizes[signal] ?? Number.NaN)
  return { setting, unit: unitOf(signal), ...(below === undefined || Number.isNaN(below) ? {} : { below }) }
}

/** What a signal counts. */
export function unitOf(signal: DiskSignal): SetLevel['unit'] {
  return signal.endsWith('.inodesFree') ? 'inodes' : 'bytes'
}

/** The filesystem that a signal is about. */
export function filesystemOf(signal: DiskSignal): 'nodefs' | 'imagefs' {
  return signal.startsWith('nodefs.') ? 'nodefs' : 'imagefs'
}

/** The disk thresholds in force; what is set for `containerfs` the kubelet overwrites (semantics §3.4). */
function setThresholds(
  configuration: KubeletConfiguration,
  version: KubeletVersion | undefined,
  sizes: NodeSettings['sizes'],
): SetThreshold[] {
  // Only a kubelet from 1.33 on knows the setting to merge, so that a version is needed for that alone.
  const assumed = version ?? { minor: 33, patch: 0 }
  return evictionThresholds(configuration, assumed).flatMap(({ signal, kind, quantity, gracePeriod }) => {
    const known = DISK_SIGNALS.find((candidate) => candidate === signal)
    return known ? [{ signal: known, kind, gracePeriod, ...levelOf(sizes, known, quantity) }] : []
  })
}

/** The size of the kubelet's own filesystem is that of the images only where they share it. */
function sizesOf(
  { readings, imagefsReadings = [] }: NodeView,
  isSingle: boolean | undefined,
): NodeSettings['sizes'] {
  const nodefs = latestReading(readings)
  const imagefs = isSingle === true ? nodefs : isSingle === false ? latestReading(imagefsReadings) : undefined
  return {
    ...(nodefs && { 'nodefs.available': nodefs.capacityBytes, 'nodefs.inodesFree': nodefs.inodes }),
    ...(imagefs && { 'imagefs.available': imagefs.capacityBytes, 'imagefs.inodesFree': imagefs.inodes }),
  }
}

/** Where periodic image garbage collection starts (semantics §1.4); undefined where it is off or not known. */
export function imageGcLevel({ configuration, sizes }: NodeSettings): SetLevel | undefined {
  const high = configuration.imageGCHighThresholdPercent
  if (high === 100 || isUnreadable(configuration, 'imageGCHighThresholdPercent')) return undefined
  const capacityBytes = sizes['imagefs.available']
  return {
    // At a high threshold of 0 it always starts.
    setting: `${Math.min(100, 101 - high)}%`,
    unit: 'bytes',
    ...(capacityBytes === undefined ? {} : { below: imageGcStartsAtAvailableBytes(capacityBytes, high) + 1 }),
  }
}

/**
 * Whether a level of a filesystem is met before another one of it, or with it, as space runs out: by their
 * percentages, else by what they come to on this node. Undefined where neither can be compared.
 */
export function isMetNoLater(level: SetLevel, other: SetLevel): boolean | undefined {
  const [percent, otherPercent] = [percentOf(level.setting), percentOf(other.setting)]
  if (percent !== undefined && otherPercent !== undefined) return percent >= otherPercent
  if (level.below === undefined || other.below === undefined) return undefined
  return level.below >= other.below
}

/** The level that is met first among those that can be compared with every other. */
export function firstMet<T extends SetLevel>(levels: readonly T[]): T | undefined {
  return levels.find((level) => levels.every((other) => isMetNoLater(level, other) === true))
}

/** The number of a percentage; undefined for a quantity. */
export function percentOf(setting: string): number | undefined {
  return setting.endsWith('%') ? Number(setting.slice(0, -1)) : undefined
}
