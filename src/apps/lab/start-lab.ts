import type { Clock } from '../../core/observe/clock.ts'
import type { Instant } from '../../core/units/instant.ts'
import type { LabServer } from './api/lab-server.ts'
import { pastOf, serveWorld } from './serve-world.ts'
import type { ObjectStore } from './store/object-store.ts'
import type { Scenario } from './world/scenario.ts'

/** A lab that is running. */
export interface RunningLab extends LabServer {
  store: ObjectStore
  /** The simulated time. */
  now(): Instant
}

/** How often the simulated time moves on. */
const STEP_MS = 100

/**
 * Starts the cluster of a scenario and serves it. Its time runs `speed` times as fast as the clock until it is the
 * present, which is when the scenario ends; from then on as fast as the clock. @throws {KubepatrolError} KP_PORT_IN_USE
 */
export async function startLab(
  scenario: Scenario,
  { speed, port, clock }: { speed: number; port: number; clock: Clock },
): Promise<RunningLab> {
  const startedAt = clock.now()
  const begunAt = startedAt - pastOf(scenario, speed)
  const { world, ...served } = await serveWorld(scenario, begunAt, port)
  let callOff = () => {}
  const step = () => {
    const now = clock.now()
    world.agenda.runUntil(Math.min(begunAt + (now - startedAt) * speed, Math.max(now, begunAt)))
    callOff = clock.after(STEP_MS, step)
  }
  step()
  return {
    ...served,
    now: world.agenda.now,
    async close() {
      callOff()
      await served.close()
    },
  }
}
