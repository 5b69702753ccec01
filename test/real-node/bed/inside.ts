import { EVERY_NODE_HAS, isImageName } from './image-catalogue.ts'
import { furnish } from './furnish.ts'
import { report, type Order } from './order.ts'
import { stateDirectory } from './node-state.ts'
import { API_PORT } from './control-plane.ts'
import { INSIDE } from './places.ts'
import { playScenario } from './play-scenario.ts'
import { pidNamespaceOf } from './process-identity.ts'
import { relay } from './relay.ts'
import { startNode } from './running-node.ts'
import { readScenario } from './scenario.ts'

/** The kubelet's port within the node's own network. */
const KUBELET_PORT = 10250

/** Sockets by which the machine reaches the node's ports, and those ports. */
export const DOORS = { 'api.sock': API_PORT, 'kubelet.sock': KUBELET_PORT } as const

/** Runs in the node's namespaces: is the node, until it is ended. */
export async function beNode(order: Order): Promise<void> {
  report({ pidNamespace: pidNamespaceOf('self') })
  const scenario = order.scenario && readScenario(order.scenario.file)
  const { binaries, images } = order.places
  await furnish({
    diskBytes: order.diskBytes,
    state: stateDirectory(order.places.nodes, order.name),
    binaries,
    images,
    ...(order.scenario ? { recording: order.scenario.recording } : {}),
  })
  const tell = (says: string) => report({ says })
  const node = await startNode({
    cgroup: cgroupOf(order.name),
    settings: scenario?.kubelet ?? {},
    images: [...(scenario?.images ?? order.images.filter(isImageName)), ...EVERY_NODE_HAS],
    recording: scenario && INSIDE.recording,
    watched: scenario?.steps.some(({ verb }) => verb === 'forecast') ?? false,
    tell,
    onLoss(problem) {
      report({ failed: problem })
      process.exit(1)
    },
  })
  for (const [socket, port] of Object.entries(DOORS)) {
    await relay({ path: `${INSIDE.state}/${socket}` }, { host: '127.0.0.1', port })
  }
  report({ serves: true })
  if (scenario) await playScenario(node, scenario, tell)
  report({ ready: true })
  if (scenario && !order.keep) process.exit(0)
}

/** The cgroup that holds a node's pods. */
export const cgroupOf = (name: string): string => `kubepatrol-real-node-${name}`
