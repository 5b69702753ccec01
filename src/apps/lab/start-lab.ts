import type { Clock } from '../../core/observe/clock.ts'
import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import { startLabServer, type LabServer } from './api/lab-server.ts'
import type { NodeEndpoint } from './api/node-endpoint.ts'
import type { Scenario } from './world/scenario.ts'
import { completeCluster } from './store/complete-cluster.ts'
import { serveCustomResources } from './store/custom-resources.ts'
import { collectGarbage } from './store/garbage-collector.ts'
import { createObjectStore, type ObjectStore } from './store/object-store.ts'
import { worldObjects } from './store/world-objects.ts'
import { createLabWorld } from './world/lab-world.ts'
import type { LabKubelet } from './world/node/lab-kubelet.ts'

/** A lab that is running. */
export interface Lab extends LabServer {
  store: ObjectStore
  /** The simulated time. */
  now(): Instant
}

/** How often the simulated time moves on. */
const STEP_MS = 100
/** Where a node keeps its kubelet's log, below /var/log. */
const KUBELET_LOG = 'kubelet.log'

/**
 * Starts the cluster of a scenario and serves it. Its time runs `speed` times as fast as the clock, from so far in the
 * past that it is the present when the scenario ends; from then on as fast as the clock. Nothing happens in the future:
 * clients count ages by their own clocks. @throws {KubepatrolError} KP_PORT_IN_USE */
export async function startLab(
  scenario: Scenario,
  { speed, port, clock }: { speed: number; port: number; clock: Clock },
): Promise<Lab> {
  const startedAt = clock.now()
  const begunAt = startedAt - pastOf(scenario, speed)
  let made: ObjectStore | undefined
  const world = createLabWorld(scenario, begunAt, (agenda, chance) => {
    made = createObjectStore({ now: agenda.now, newUid: chance.uid, random: chance.share })
    collectGarbage(made)
    serveCustomResources(made)
    return worldObjects(made)
  })
  if (made === undefined) throw new TypeError('the world keeps its objects elsewhere')
  completeCluster(made)
  const { agenda, kubelets } = world
  const endpoints = (name: string) => {
    const kubelet = kubelets.get(name)
    return kubelet && endpointOf(kubelet, agenda.now)
  }
  const version = scenario.kubernetesVersion.replace(/^v?/, 'v')
  const server = await startLabServer({ store: made, endpoints, now: agenda.now, version }, port)
  let callOff = () => {}
  const step = () => {
    const now = clock.now()
    agenda.runUntil(Math.min(begunAt + (now - startedAt) * speed, Math.max(now, begunAt)))
    callOff = clock.after(STEP_MS, step)
  }
  step()
  return {
    ...server,
    store: made,
    now: agenda.now,
    async close() {
      callOff()
      await server.close()
    },
  }
}

/** How long before the clock's time a scenario begins. */
function pastOf({ seconds }: Scenario, speed: number): Duration {
  return Math.floor(seconds * Math.max(0, 1 - 1 / speed)) * 1000
}

function endpointOf(kubelet: LabKubelet, now: () => Instant): NodeEndpoint {
  return {
    summary: () => kubelet.summary() as object,
    configz: () => kubelet.configz() as object,
    metrics: () => kubelet.metrics(),
    healthz: () => 'ok',
    logFile: (path) => (path === KUBELET_LOG ? kubelet.log.read(now()) : undefined),
    logFolder: (path) => (path === '' ? [KUBELET_LOG] : undefined),
    podLog: ({ metadata }, request) => kubelet.containerLog(metadata.uid ?? '', request),
  }
}
