import { imageGcStartsAtAvailableBytes } from '../../kubelet/image-gc-threshold.ts'
import type { SignalObservations } from '../../kubelet/eviction/signals.ts'
import { thresholdLevels } from '../../kubelet/eviction/thresholds.ts'
import type { Duration } from '../../units/duration.ts'
import type { Instant } from '../../units/instant.ts'
import { IDLE_PASS_MS, PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import type { SignalLevel, World } from './world.ts'

/**
 * Leaves out passes of every loop that would find what the last one found: the next one of each is the
 * first after a level is crossed, a pod comes or goes, or an image gets old enough; of those that look at
 * images the last before it, since when one was last seen in use counts. A collection of images that is over
 * its threshold, or looks at their age, is never left out.
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
  // Under pressure a pass says what it tried.
  const isCalm = state.eviction.firstObserved.length === 0
  const turns = (next: Instant, period: Duration) => Math.min(steadyUntil - next, LONGEST_MS) / period
  const lastBefore = (next: Instant, period: Duration) =>
    next + Math.max(Math.floor(turns(next, period)), 0) * period
  const firstAfter = (next: Instant, period: Duration) =>
    next + Math.max(Math.ceil(turns(next, period)), 0) * period
  return {
    ...state,
    next: {
      eviction: (isCalm ? firstAfter : lastBefore)(eviction, PERIOD.eviction + IDLE_PASS_MS),
      detection: lastBefore(detection, PERIOD.detection),
      containerGc: hasDead ? containerGc : firstAfter(containerGc, PERIOD.containerGc),
      imageGc: isGcIdle ? lastBefore(imageGc, PERIOD.imageGc) : imageGc,
    },
  }
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
function oldEnoughAt(
  { records, newestAt }: SimulationState['images'],
  minimumAge: Duration,
  at: Instant,
): Instant {
  let next = Infinity
  if (newestAt + minimumAge <= at) return next
  for (const { firstDetected } of records) {
    if (firstDetected + minimumAge > at) next = Math.min(next, firstDetected + minimumAge)
  }
  return next
}
