import type { SignalObservations } from '../../kubelet/eviction/signals.ts'
import { thresholdLevels } from '../../kubelet/eviction/thresholds.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { IDLE_PASS_MS, PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { World } from './world.ts'

/**
 * Leaves out passes that would find what this one found: the next one is the last before a level is
 * crossed, a pod comes or goes, or an image gets old enough.
 */
export function skipIdlePasses(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  observations: SignalObservations,
  at: Instant,
): SimulationState {
  const levels = kubelet.thresholds.flatMap((threshold) => {
    const capacity = observations[threshold.signal]?.capacity
    const values = capacity === undefined ? [] : thresholdLevels(threshold, capacity)
    return values.map((value) => ({ signal: threshold.signal, value }))
  })
  const steadyUntil = Math.min(
    world.steadyUntil(at, state.effects, levels),
    oldEnoughAt(state.images, kubelet.imageGc.minimumAge, at),
  )
  const period = PERIOD.eviction + IDLE_PASS_MS
  const passes = Number.isFinite(steadyUntil) ? Math.floor((steadyUntil - at) / period) : MOST_LEFT_OUT
  return passes < 2 ? state : { ...state, next: { ...state.next, eviction: at + passes * period } }
}

/** A pass a day is made all the same. */
const MOST_LEFT_OUT = 8640

/** When the next image gets old enough to go. */
function oldEnoughAt({ records }: SimulationState['images'], minimumAge: Duration, at: Instant): Instant {
  let next = Infinity
  for (const { firstDetected } of records.values()) {
    if (firstDetected + minimumAge > at) next = Math.min(next, firstDetected + minimumAge)
  }
  return next
}
