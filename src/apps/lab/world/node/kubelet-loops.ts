import type { SimulatedAction } from '../../../../core/forecast/simulation/action.ts'
import { simulate } from '../../../../core/forecast/simulation/simulate.ts'
import {
  justStarted,
  NOTHING_UNDEFINED,
  PERIOD,
  IDLE_PASS_MS,
  type SimulationState,
} from '../../../../core/forecast/simulation/simulated-kubelet.ts'
import { NO_EFFECTS } from '../../../../core/forecast/simulation/world.ts'
import type { Instant } from '../../../../core/units/instant.ts'
import type { LoopParts } from './loop-effects.ts'
import { nodeWorld } from './node-world.ts'
import { passTeller } from './pass-teller.ts'

/** The loops of one kubelet. */
export interface KubeletLoops {
  /** To be called before the node changes: passes that were left out because nothing happened are caught up. */
  settle(): void
  /** To be called after it has changed. */
  resume(): void
  /** Runs what is due, such as the admission of a pod that has just come. */
  run(): void
  hasDiskPressure(): boolean
  /** No pod may be bound earlier. */
  nextArrivalAt(): Instant
}

/**
 * Runs the kubelet of `core/forecast/simulation` in simulated time, one step at a time, and has every step carried out
 * at once: all decisions are its own. While nothing happens on a node it sleeps until a threshold is crossed.
 */
export function createKubeletLoops(parts: LoopParts): KubeletLoops {
  const { node, kubelet, agenda } = parts
  const world = nodeWorld(node)
  let state = justStarted(kubelet.startedAt)
  let failures = 0
  let detectedAt = kubelet.startedAt
  let cancel = () => {}

  const schedule = () => {
    cancel()
    cancel = agenda.at(Math.ceil(Math.min(...Object.values(state.next))), run)
  }

  function run(): void {
    const now = agenda.now()
    endWaiting(now)
    const before = state
    if (before.next.detection <= now) detectedAt = before.next.detection
    const step = simulate(kubelet, world, state, now)
    // What the order leaves undefined is drawn here.
    state = { ...step.state, effects: NO_EFFECTS, ...NOTHING_UNDEFINED }
    carryOut(step.actions, step.state, before)
    schedule()
  }

  /** What the eviction manager says once the pod it has evicted is gone, or was not within 30 s. */
  function endWaiting(now: Instant): void {
    const { cleaningUp, next } = state
    if (!cleaningUp || next.eviction > now) return
    const waited = cleaningUp.uids.flatMap((uid) => node.pods.get(uid) ?? [])
    const isOver = waited.every(({ containers }) => containers.length === 0)
    if (waited.length > 0)
      parts.log.write(now, isOver ? parts.words.cleanedUp(waited) : parts.words.cleanUpTimedOut(waited))
  }

  function carryOut(
    actions: readonly SimulatedAction[],
    after: SimulationState,
    before: SimulationState,
  ): void {
    const pass = passTeller(parts, { state: after, world, failures })
    for (const action of actions) pass.tell(action)
    pass.finish(actions)
    if (after.next.imageGc !== before.next.imageGc) {
      failures = actions.some(({ kind }) => kind === 'image-gc-failed') ? failures + 1 : 0
    }
  }

  return {
    run,
    settle() {
      const now = agenda.now()
      const { next } = state
      const lastDetection = onGrid(next.detection, PERIOD.detection, now) - PERIOD.detection
      const isLate = lastDetection > detectedAt
      state = {
        ...state,
        next: {
          // While it waits for the end of a pod it does not look.
          eviction: state.cleaningUp
            ? next.eviction
            : onGrid(next.eviction, PERIOD.eviction + IDLE_PASS_MS, now),
          imageGc: onGrid(next.imageGc, PERIOD.imageGc, now),
          containerGc: onGrid(next.containerGc, PERIOD.containerGc, now),
          detection: isLate ? lastDetection : onGrid(next.detection, PERIOD.detection, now),
        },
      }
      // What was in use at the last look is stamped with it, whatever happens now.
      if (isLate) {
        const step = simulate(kubelet, world, { ...state, admittedUntil: Infinity }, lastDetection)
        detectedAt = lastDetection
        state = { ...step.state, admittedUntil: state.admittedUntil }
      }
    },
    resume: schedule,
    hasDiskPressure: () => state.hasDiskPressure,
    nextArrivalAt: () => Math.floor(Math.max(agenda.now(), state.admittedUntil)) + 1,
  }
}

/** The next turn of a loop, not before an instant; a loop that has not come to its first turn keeps it. */
function onGrid(next: Instant, period: number, now: Instant): Instant {
  if (next === Infinity || next - now < period) return next
  return next - Math.floor((next - now) / period) * period
}
