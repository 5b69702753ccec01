import type { Clock } from '../../core/observe/clock.ts'
import type { Instant } from '../../core/units/instant.ts'
import { startLabServer, type LabServer } from './api/lab-server.ts'
import type { NodeEndpoint } from './api/node-endpoint.ts'
import type { Scenario } from './world/scenario.ts'
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

/** Starts the cluster of a scenario and serves it; its time runs `speed` times as fast as the clock. @throws {KubepatrolError} KP_PORT_IN_USE */
export async function startLab(
  scenario: Scenario,
  { speed, port, clock }: { speed: number; port: number; clock: Clock },
): Promise<Lab> {
  const begunAt = clock.now()
  let made: ObjectStore | undefined
  const world = createLabWorld(scenario, begunAt, (agenda, chance) => {
    made = createObjectStore({ now: agenda.now, newUid: chance.uid, random: chance.share })
    collectGarbage(made)
    serveCustomResources(made)
    return worldObjects(made)
  })
  if (made === undefined) throw new TypeError('the world keeps its objects elsewhere')
  const { agenda, kubelets } = world
  const endpoints = (name: string) => {
    const kubelet = kubelets.get(name)
    return kubelet && endpointOf(kubelet, agenda.now)
  }
  const version = scenario.kubernetesVersion.replace(/^v?/, 'v')
  const server = await startLabServer({ store: made, endpoints, now: agenda.now, version }, port)
  let callOff = () => {}
  const step = () => {
    agenda.runUntil(begunAt + (clock.now() - begunAt) * speed)
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

function endpointOf(kubelet: LabKubelet, now: () => Instant): NodeEndpoint {
  return {
    summary: () => kubelet.summary() as object,
    configz: () => kubelet.configz() as object,
    metrics: () => kubelet.metrics(),
    healthz: () => 'ok',
    logFile: (path) => (path === KUBELET_LOG ? kubelet.log.read(now()) : undefined),
    logFolder: (path) => (path === '' ? [KUBELET_LOG] : undefined),
  }
}
