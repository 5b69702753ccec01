import { parseDuration, type Duration } from '../../units/duration.ts'
import { parseQuantity } from '../../units/quantity.ts'
import { evictionThresholdQuantity } from '../eviction-threshold.ts'
import { forVersion, isAtLeast, type KubeletVersion, type Since } from '../kubelet-version.ts'
import { EVICTION_SIGNALS, type EvictionSignal, type SignalObservation } from './signals.ts'
import type { FilesystemLayout } from './layout.ts'

/** A threshold of the eviction manager (semantics §3.2). */
export interface EvictionThreshold {
  signal: EvictionSignal
  kind: 'hard' | 'soft'
  /** As it is configured, such as `10%` or `1Gi`. */
  quantity: string
  /** How long it has to be met before the kubelet acts; 0 for a hard one. */
  gracePeriod: Duration
  /** As it is configured; absent when there is none. */
  minimumReclaim?: string | undefined
}

/** The part of a kubelet's configuration that its thresholds come from. */
export interface EvictionSettings {
  /** Absent when the user set none: then the version's defaults hold, all of them. */
  evictionHard?: Readonly<Record<string, string>> | undefined
  evictionSoft?: Readonly<Record<string, string>> | undefined
  evictionSoftGracePeriod?: Readonly<Record<string, string>> | undefined
  evictionMinimumReclaim?: Readonly<Record<string, string>> | undefined
  mergeDefaultEvictionSettings?: boolean | undefined
}

const DEFAULT_HARD: [Since<Readonly<Record<string, string>>>, Since<Readonly<Record<string, string>>>] = [
  {
    since: 0,
    value: { 'nodefs.available': '10%', 'nodefs.inodesFree': '5%', 'imagefs.available': '15%' },
  },
  {
    since: 30,
    value: {
      'nodefs.available': '10%',
      'nodefs.inodesFree': '5%',
      'imagefs.available': '15%',
      'imagefs.inodesFree': '5%',
    },
  },
]

/** The disk thresholds of a kubelet on Linux that is told none (semantics §3.2). */
export function defaultHardThresholds(version: KubeletVersion): Readonly<Record<string, string>> {
  return forVersion(DEFAULT_HARD, version)
}

/**
 * The thresholds that a configuration gives (semantics §3.2): a user's map replaces the defaults whole,
 * unless a kubelet from 1.33 on is told to merge them; `0%` and `100%` mean none. What the user sets for
 * `containerfs` is overwritten (semantics §3.4), so it is no threshold here.
 */
export function evictionThresholds(settings: EvictionSettings, version: KubeletVersion): EvictionThreshold[] {
  const defaults = defaultHardThresholds(version)
  const merges = isAtLeast(version, 33) && settings.mergeDefaultEvictionSettings === true
  const hard = settings.evictionHard ? { ...(merges ? defaults : {}), ...settings.evictionHard } : defaults
  return [...ofMap('hard', hard, settings), ...ofMap('soft', settings.evictionSoft ?? {}, settings)]
}

/** Adds what the kubelet writes for the container filesystem once it knows the layout (semantics §3.4, from 1.29 on). */
export function withContainerFilesystem(
  thresholds: readonly EvictionThreshold[],
  layout: FilesystemLayout,
  version: KubeletVersion,
): EvictionThreshold[] {
  if (!isAtLeast(version, 29)) return [...thresholds]
  const source = layout === 'dedicated-image' ? 'imagefs' : 'nodefs'
  const copies = thresholds
    .filter(({ signal }) => signal.startsWith(`${source}.`))
    .map((threshold) => ({
      ...threshold,
      signal: threshold.signal.replace(source, 'containerfs') as EvictionSignal,
    }))
  return [...thresholds, ...copies]
}

/**
 * Whether a threshold is met: what it asks for is more than what is available; equality is not met.
 * With the minimum reclaim it is met until that much more is available (semantics §3.2, §3.6 step 7).
 */
export function isThresholdMet(
  { quantity, minimumReclaim }: EvictionThreshold,
  { available, capacity }: SignalObservation,
  counts: 'threshold' | 'threshold-and-minimum-reclaim',
): boolean {
  const value = evictionThresholdQuantity(quantity, capacity)
  if (value === undefined) return false
  const more =
    counts === 'threshold' || minimumReclaim === undefined ? 0 : reclaimQuantity(minimumReclaim, capacity)
  return value + more > available
}

/** The quantities at which a threshold changes: itself, and with the minimum reclaim. */
export function thresholdLevels({ quantity, minimumReclaim }: EvictionThreshold, capacity: number): number[] {
  const value = evictionThresholdQuantity(quantity, capacity)
  if (value === undefined) return []
  return minimumReclaim === undefined ? [value] : [value, value + reclaimQuantity(minimumReclaim, capacity)]
}

/** A share of 100 % is a quantity here, not the absence of one as in a threshold. */
function reclaimQuantity(text: string, capacity: number): number {
  if (text === '100%') return capacity
  return text.endsWith('%') ? (evictionThresholdQuantity(text, capacity) ?? 0) : (parseQuantity(text) ?? 0)
}

function ofMap(
  kind: EvictionThreshold['kind'],
  map: Readonly<Record<string, string>>,
  { evictionMinimumReclaim = {}, evictionSoftGracePeriod = {} }: EvictionSettings,
): EvictionThreshold[] {
  return EVICTION_SIGNALS.flatMap((signal) => {
    const quantity = map[signal]
    if (quantity === undefined || signal.startsWith('containerfs.')) return []
    if (evictionThresholdQuantity(quantity, Number.MAX_SAFE_INTEGER) === undefined) return []
    const gracePeriod = kind === 'hard' ? 0 : (parseDuration(evictionSoftGracePeriod[signal] ?? '') ?? 0)
    return { signal, kind, quantity, gracePeriod, minimumReclaim: evictionMinimumReclaim[signal] }
  })
}
