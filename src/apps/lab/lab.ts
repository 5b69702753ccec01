import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { RoundClock } from '../patrol-loop.ts'
import { SCENARIOS } from './scenarios/index.ts'
import type { LabWorld } from './world/lab-world.ts'
import { pastOf, serveWorld } from './serve-world.ts'
import type { Scenario } from './world/scenario.ts'

/** A lab as it is controlled: one scenario, served like any cluster, at a speed, or held. */
export interface Lab {
  world: LabWorld
  scenario: Scenario
  kubeconfig: string
  speed(): number
  isPaused(): boolean
  setSpeed(speed: number): void
  setPaused(isPaused: boolean): void
  /**
   * The instants of a patrol of it: at every step of simulated time a round, whatever the speed, so that the same is
   * found at any. Before each the world runs up to it. Held, it waits.
   */
  rounds(step: Duration, signal: AbortSignal): RoundClock
  close(): Promise<void>
}

/** Serves a scenario on loopback, to be patrolled; undefined when there is none of this id. Nothing happens before its rounds. */
export async function openLab(id: string, now: Instant, speed?: number): Promise<Lab | undefined> {
  const scenario = SCENARIOS.find((one) => one.id === id)
  if (!scenario) return undefined
  let current = speed ?? scenario.speed
  let isPaused = false
  const startsAt = now - pastOf(scenario, current)
  const { world, kubeconfig, close } = await serveWorld(scenario, startsAt)
  return {
    world,
    scenario,
    kubeconfig,
    close,
    speed: () => current,
    isPaused: () => isPaused,
    setSpeed: (next) => {
      current = next
    },
    setPaused: (next) => {
      isPaused = next
    },
    async *rounds(step, signal) {
      let dueAt = performance.now()
      for (let at = startsAt; ; at += step) {
        world.agenda.runUntil(at)
        yield at
        // A speed that changes counts from the next look on; a machine that is too slow falls behind.
        dueAt = Math.max(dueAt, performance.now() - step / current)
        for (let left = step; left > 0 && !signal.aborted;) {
          const slice = Math.min(LOOK_MS, left / current)
          await sleep(Math.max(0, dueAt + slice - performance.now()), undefined, { signal }).catch(
            () => undefined,
          )
          dueAt += slice
          if (!isPaused) left -= slice * current
        }
        if (signal.aborted) return
      }
    },
  }
}

/** How soon a button is felt. */
const LOOK_MS = 100
