import type { Duration } from '../../core/units/duration.ts'
import type { Instant } from '../../core/units/instant.ts'
import { startLabServer, type LabServer } from './api/lab-server.ts'
import type { NodeEndpoint } from './api/node-endpoint.ts'
import { completeCluster, furnishNamespaces } from './store/complete-cluster.ts'
import { countDisruptions } from './store/disruption-budgets.ts'
import { serveCustomResources } from './store/custom-resources.ts'
import { collectGarbage } from './store/garbage-collector.ts'
import { createObjectStore, type ObjectStore } from './store/object-store.ts'
import { worldObjects } from './store/world-objects.ts'
import { createLabWorld, type LabWorld } from './world/lab-world.ts'
import type { LabKubelet } from './world/node/lab-kubelet.ts'
import type { Scenario } from './world/scenario.ts'

/** The cluster of a scenario behind its API server. Its time stands still until somebody lets its agenda run. */
export interface ServedWorld extends LabServer {
  world: LabWorld
  store: ObjectStore
}

/** Where a node keeps its kubelet's log, below /var/log. */
const KUBELET_LOG = 'kubelet.log'

/** Makes the cluster of a scenario and serves it on loopback; port 0 for any free one. @throws {KubepatrolError} KP_PORT_IN_USE */
export async function serveWorld(scenario: Scenario, startsAt: Instant, port = 0): Promise<ServedWorld> {
  let made: ObjectStore | undefined
  const world = createLabWorld(scenario, startsAt, (agenda, chance) => {
    made = createObjectStore({ now: agenda.now, newUid: chance.uid, random: chance.share })
    collectGarbage(made)
    serveCustomResources(made)
    furnishNamespaces(made)
    countDisruptions(made)
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
  return { ...server, world, store: made }
}

/**
 * How long before the present a scenario begins that plays at a speed: it ends in the present, so that nothing of it is
 * in the future of clients, which count ages by their own clocks.
 */
export function pastOf({ seconds }: Scenario, speed: number): Duration {
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
