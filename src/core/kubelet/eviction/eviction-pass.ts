import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { isAtLeast, type KubeletVersion } from '../kubelet-version.ts'
import { EVICTION_SIGNALS, type SignalObservations } from './signals.ts'
import { isThresholdMet, type EvictionThreshold } from './thresholds.ts'

/** What the eviction manager remembers between passes (semantics §3.6); a restart of the kubelet loses it. */
export interface EvictionManagerState {
  /** Thresholds acted on in the previous pass. */
  actedOn: readonly EvictionThreshold[]
  /** When each threshold of the set was first seen met. */
  firstObserved: readonly { threshold: EvictionThreshold; at: Instant }[]
  /** When a threshold about disks was last in the set; null when never. */
  pressureSeenAt: Instant | null
  /** What was observed in the previous pass. */
  observations: SignalObservations
}

/** The state of a kubelet that has just started. */
export const NO_PRESSURE_KNOWN: EvictionManagerState = {
  actedOn: [],
  firstObserved: [],
  pressureSeenAt: null,
  observations: {},
}

/** What a pass concludes from what it observes. */
export interface PressureAssessment {
  state: EvictionManagerState
  /** Whether the node reports DiskPressure: also for a soft threshold whose grace still runs. */
  hasDiskPressure: boolean
  /** What the kubelet acts on. It takes the first; the order among disk signals is undefined (semantics §3.6 step 14). */
  starved: readonly EvictionThreshold[]
}

/** Steps 6 to 11 of a pass (semantics §3.6, all versions). */
export function assessPressure(
  state: EvictionManagerState,
  thresholds: readonly EvictionThreshold[],
  observations: SignalObservations,
  at: Instant,
  transitionPeriod: Duration,
): PressureAssessment {
  const met = metNow(thresholds, observations, 'threshold')
  const unresolved = metNow(state.actedOn, observations, 'threshold-and-minimum-reclaim')
  const inForce = [...met, ...unresolved.filter((one) => !met.some((other) => isSame(one, other)))]
  const firstObserved = inForce.map((threshold) => ({
    threshold,
    at: state.firstObserved.find((seen) => isSame(seen.threshold, threshold))?.at ?? at,
  }))
  const pressureSeenAt = inForce.length > 0 ? at : state.pressureSeenAt
  const actedOn = firstObserved
    .filter((seen) => at - seen.at >= seen.threshold.gracePeriod)
    .map(({ threshold }) => threshold)
  return {
    state: { actedOn, firstObserved, pressureSeenAt, observations },
    hasDiskPressure: pressureSeenAt !== null && at - pressureSeenAt < transitionPeriod,
    starved: inSignalOrder(
      actedOn.filter((threshold) => isFresh(threshold, observations, state.observations)),
    ),
  }
}

/**
 * Whether reclaiming was enough, so that no pod is killed (semantics §3.6 step 16): no threshold of any
 * signal is met any more; up to 1.20 without the minimum reclaim, from 1.21 on with it.
 */
export function isReclaimEnough(
  thresholds: readonly EvictionThreshold[],
  observations: SignalObservations,
  version: KubeletVersion,
): boolean {
  const counts = isAtLeast(version, 21) ? 'threshold-and-minimum-reclaim' : 'threshold'
  return metNow(thresholds, observations, counts).length === 0
}

/** The thresholds that are met now. */
function metNow(
  thresholds: readonly EvictionThreshold[],
  observations: SignalObservations,
  counts: Parameters<typeof isThresholdMet>[2],
): EvictionThreshold[] {
  return thresholds.filter((threshold) => {
    const observed = observations[threshold.signal]
    return observed !== undefined && isThresholdMet(threshold, observed, counts)
  })
}

/** A sample that is no newer than the last pass's drives no second eviction; an unknown time counts as new. */
function isFresh(
  { signal }: EvictionThreshold,
  now: SignalObservations,
  before: SignalObservations,
): boolean {
  const last = before[signal]?.at
  const current = now[signal]?.at
  return last === undefined || current === undefined || current > last
}

function isSame(a: EvictionThreshold, b: EvictionThreshold): boolean {
  return a.signal === b.signal && a.kind === b.kind && a.quantity === b.quantity
}

function inSignalOrder(thresholds: readonly EvictionThreshold[]): EvictionThreshold[] {
  return thresholds.toSorted(
    (a, b) => EVICTION_SIGNALS.indexOf(a.signal) - EVICTION_SIGNALS.indexOf(b.signal),
  )
}
