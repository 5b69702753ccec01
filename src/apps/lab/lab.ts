import { setTimeout as sleep } from 'node:timers/promises'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { RoundClock } from '../patrol-loop.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { createLabWorld, type LabWorld } from './world/lab-world.ts'
import type { Scenario } from './world/scenario.ts'

/** The lab as it is controlled: one scenario at a time, at a speed, or held. */
export interface Lab {
  world(): LabWorld
  scenario(): Scenario
  speed(): number
  isPaused(): boolean
  setSpeed(speed: number): void
  setPaused(isPaused: boolean): void
  /**
   * The instants of a patrol of it: at every step of simulated time a round, whatever the speed, so that the same is
   * found at any. Before each the world runs up to it. Held, it waits.
   */
  rounds(step: Duration, signal: AbortSignal): RoundClock
}

/** What is wanted of a lab; undefined when there is no such scenario. */
export function openLab(id: string, startsAt: Instant, speed?: number): Lab | undefined {
  const scenario = SCENARIOS.find((one) => one.id === id)
  if (!scenario) return undefined
  let current = speed ?? scenario.speed
  let isPaused = false
  const world = createLabWorld(scenario, startsAt)
  return {
    world: () => world,
    scenario: () => scenario,
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
