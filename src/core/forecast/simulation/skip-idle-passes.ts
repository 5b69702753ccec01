import { imageGcStartsAtAvailableBytes } from '../../kubelet/image-gc-threshold.ts'
import type { SignalObservations } from '../../kubelet/eviction/signals.ts'
import { thresholdLevels } from '../../kubelet/eviction/thresholds.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { IDLE_PASS_MS, PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { SignalLevel, World } from './world.ts'

/**
 * Leaves out passes of every loop that would find what the last one found: the next one of each is the
 * last before a level is crossed, a pod comes or goes, or an image gets old enough. A collection of images
 * that is over its threshold, or looks at their age, is never left out.
 */
export function skipIdlePasses(
  kubelet: SimulatedKubelet,
  world: World,
  state: SimulationState,
  observations: SignalObservations,
  at: Instant,
): SimulationState {
  const levels = kubelet.thresholds.flatMap((threshold): SignalLevel[] => {
    const capacity = observations[threshold.signal]?.capacity
    const values = capacity === undefined ? [] : thresholdLevels(threshold, capacity)
    return values.map((value) => ({ signal: threshold.signal, value }))
  })
  const imagefs = observations['imagefs.available']
  const gcBelow = imagefs && imageGcStartsBelow(kubelet, imagefs.capacity)
  if (gcBelow !== undefined) levels.push({ signal: 'imagefs.available', value: gcBelow })
  const steadyUntil = Math.min(
    world.steadyUntil(at, state.effects, levels),
    oldEnoughAt(state.images, kubelet.imageGc.minimumAge, at),
    pressureEndsAt(state, kubelet.transitionPeriod),
  )
  const isGcIdle = imagefs !== undefined && gcBelow !== undefined && imagefs.available >= gcBelow
  const hasDead = state.cleaningUp !== null || world.deadContainers(at, state.effects).length > 0
  const { eviction, detection, containerGc, imageGc } = state.next
  const later = (next: Instant, period: Duration) => lastUpTo(steadyUntil, next, period)
  return {
    ...state,
    next: {
      eviction: later(eviction, PERIOD.eviction + IDLE_PASS_MS),
      detection: later(detection, PERIOD.detection),
      containerGc: hasDead ? containerGc : later(containerGc, PERIOD.containerGc),
      imageGc: isGcIdle ? later(imageGc, PERIOD.imageGc) : imageGc,
    },
  }
}

/** The last turn of a loop that is not after an instant; its next one when that is after it already. */
function lastUpTo(until: Instant, next: Instant, period: Duration): Instant {
  if (next >= until) return next
  const span = Math.min(until - next, LONGEST_MS)
  return next + Math.floor(span / period) * period
}

/** A pass a day is made all the same. */
const LONGEST_MS = 86_400_000

/** Undefined where a collection may have something to do at any time. */
function imageGcStartsBelow({ imageGc, rules }: SimulatedKubelet, capacity: number): number | undefined {
  if (rules.maximumAge !== 'none' && imageGc.maximumAge > 0) return undefined
  if (imageGc.highThresholdPercent >= 100) return 0
  return imageGcStartsAtAvailableBytes(capacity, imageGc.highThresholdPercent) + 1
}

/** When DiskPressure would end if nothing more is found. */
function pressureEndsAt({ hasDiskPressure, eviction }: SimulationState, transitionPeriod: Duration): Instant {
  const isOver = hasDiskPressure && eviction.firstObserved.length === 0
  return isOver ? (eviction.pressureSeenAt ?? -Infinity) + transitionPeriod : Infinity
}

/** When the next image gets old enough to go. */
function oldEnoughAt({ records }: SimulationState['images'], minimumAge: Duration, at: Instant): Instant {
  let next = Infinity
  for (const { firstDetected } of records) {
    if (firstDetected + minimumAge > at) next = Math.min(next, firstDetected + minimumAge)
  }
  return next
}
