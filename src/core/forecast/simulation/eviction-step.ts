import { assessPressure, isReclaimEnough } from '../../kubelet/eviction/eviction-pass.ts'
import { canEvict, responseTo } from '../../kubelet/eviction/layout.ts'
import { observeSignals } from '../../kubelet/eviction/signals.ts'
import type { EvictionThreshold } from '../../kubelet/eviction/thresholds.ts'
import type { Instant } from '../../units/instant.ts'
import type { SimulatedAction } from './action.ts'
import { reclaimContainers } from './container-step.ts'
import { evictFirst, evictOverLimits } from './evict-pods.ts'
import { reclaimImages } from './image-step.ts'
import { pressureChange } from './pressure-change.ts'
import { IDLE_PASS_MS, PERIOD, type SimulatedKubelet, type SimulationState } from './simulated-kubelet.ts'
import { skipIdlePasses } from './skip-idle-passes.ts'
import type { Step } from './step.ts'
import type { World } from './world.ts'

/** A pass of the eviction manager (semantics §3.6). */
export function passEviction(
  kubelet: SimulatedKubelet,
  world: World,
  before: SimulationState,
  at: Instant,
): Step {
  const idle = {
    ...before,
    cleaningUp: null,
    next: { ...before.next, eviction: at + PERIOD.eviction + IDLE_PASS_MS },
  }
  const filesystems = world.filesystems(at, before.effects)
  if (!filesystems || !canEvict(kubelet.layout, kubelet.version)) return { state: idle, actions: [] }
  const observations = observeSignals(filesystems, kubelet.version)
  const { thresholds, transitionPeriod } = kubelet
  const assessed = assessPressure(before.eviction, thresholds, observations, at, transitionPeriod)
  const { hasDiskPressure } = assessed
  const state = { ...idle, eviction: assessed.state, hasDiskPressure }
  const actions = pressureChange(
    before.hasDiskPressure,
    hasDiskPressure,
    assessed.state.firstObserved.map(({ threshold }) => threshold),
    observations,
    at,
  )
  const overLimits = kubelet.hasLocalStorageIsolation ? evictOverLimits(kubelet, world, state, at) : undefined
  if (overLimits) return { state: overLimits.state, actions: [...actions, ...overLimits.actions] }
  const [starved] = assessed.starved
  if (!starved) {
    const isCalm = state.eviction.firstObserved.length === 0
    return { state: isCalm ? skipIdlePasses(kubelet, world, state, observations, at) : state, actions }
  }
  const acted = actOn(starved, kubelet, world, state, at)
  const isFutile = acted.state.effects === before.effects
  return {
    state: isFutile ? skipIdlePasses(kubelet, world, acted.state, observations, at) : acted.state,
    actions: [...actions, ...acted.actions],
  }
}

/** Steps 15 to 18: reclaim what can be had without killing, and kill one pod when that was not enough. */
function actOn(
  threshold: EvictionThreshold,
  kubelet: SimulatedKubelet,
  world: World,
  before: SimulationState,
  at: Instant,
): Step {
  const { reclaims } = responseTo(threshold.signal, kubelet.layout)
  let state = before
  const actions: SimulatedAction[] = []
  for (const what of reclaims) {
    const step =
      what === 'containers'
        ? reclaimContainers(kubelet, world, state, at)
        : reclaimImages(kubelet, world, state, at)
    actions.push(...step.actions)
    state = step.state
  }
  if (reclaims.length > 0) {
    const after = world.filesystemsAfterReclaim(at, state.effects)
    const observations = after && observeSignals(after, kubelet.version)
    if (observations && isReclaimEnough(kubelet.thresholds, observations, kubelet.version))
      return { state, actions }
  }
  const killed = evictFirst(threshold, kubelet, world, state, at)
  return { state: killed.state, actions: [...actions, ...killed.actions] }
}
