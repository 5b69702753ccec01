import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { writeKubeconfig } from './certificates.ts'
import { cgroupOf, type DOORS } from './inside.ts'
import { namesOfNodes, readState, stateDirectory, writeState, type NodeState } from './node-state.ts'
import { report, type Order } from './order.ts'
import { INSIDE } from './places.ts'
import { identify, pidNamespace } from './process-identity.ts'
import { follow, startPart } from './program.ts'
import { portOf, relay } from './relay.ts'
import { release } from './release-node.ts'
import { readSysctls } from './sysctls.ts'

/** What the guardian reads when the node may outlive the process that started it. */
export const STAY = 'stay'

/**
 * Holds a node's namespaces: starts the node in them, opens its doors on loopback, and removes what is left when it
 * ends. It ends the node when it is told to, or when who started it is gone without having said that it may stay.
 */
export async function guard(order: Order): Promise<void> {
  const { nodes } = order.places
  const others = namesOfNodes(nodes).map((name) => readState(nodes, name))
  const directory = claimDirectory(nodes, order.name)
  const door = (socket: keyof typeof DOORS) =>
    relay({ host: '127.0.0.1', port: 0 }, { path: path.join(directory, socket) })
  const [api, kubelet] = [await door('api.sock'), await door('kubelet.sock')]
  let state: NodeState = {
    name: order.name,
    guardian: identify(process.pid),
    ports: { api: portOf(api), kubelet: portOf(kubelet) },
    mounts: [INSIDE.disk],
    cgroup: cgroupOf(order.name),
    // A node that is up already has changed them.
    sysctls: others.find((other) => other !== undefined)?.sysctls ?? readSysctls(),
  }
  const keep = (more: Partial<NodeState>) => writeState(nodes, (state = { ...state, ...more }))
  keep({})
  const node = startInNamespaces(order)
  let asked = false
  const end = () => {
    asked = true
    node.kill('SIGKILL')
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end)
  holdUntilTold(end)
  follow(node, (line) => {
    if ('pidNamespace' in line) return keep({ pidNamespace: pidNamespace(line.pidNamespace) })
    if ('serves' in line) {
      writeKubeconfig(kubeconfigOf(nodes, order.name), path.join(directory, 'pki'), 'admin', state.ports.api)
    }
    report(line)
  })
  process.exitCode = await new Promise<number>((resolve) => {
    node.once('close', (code) => resolve(asked ? 0 : (code ?? 1)))
    node.once('error', ({ message }) => {
      report({ failed: message })
      resolve(1)
    })
  })
  await release(nodes, state)
  process.exit()
}

/** Of two nodes of a name that come up at the same time, one gets the folder. */
function claimDirectory(nodes: string, name: string): string {
  const directory = stateDirectory(nodes, name)
  mkdirSync(nodes, { recursive: true, mode: 0o700 })
  try {
    mkdirSync(directory, { mode: 0o700 })
  } catch (cause) {
    throw new Error(`a node named "${name}" is up, or coming up; \`down\` ends it`, { cause })
  }
  return directory
}

/** The kubeconfig of a node. */
export const kubeconfigOf = (nodes: string, name: string): string =>
  path.join(stateDirectory(nodes, name), 'kubeconfig')

/** Whatever ends the guardian ends the namespaces, by the kernel's own hand. */
function startInNamespaces(order: Order): ChildProcess {
  const namespaces = ['--mount', '--net', '--pid', '--ipc', '--fork', '--kill-child', '--mount-proc']
  // The first process of a pid namespace has to bury the others' orphans, which a shell does.
  const shell = ['sh', '-c', '"$@"; exit $?', 'sh']
  return startPart(
    'be-node',
    order,
    ['ignore', 'pipe', 'pipe'],
    ['setpriv', '--pdeathsig', 'KILL', 'unshare', ...namespaces, ...shell],
  )
}

/** Standard input is a leash: its end is the end of the node, unless it is let go before. */
function holdUntilTold(end: () => void): void {
  let held = true
  process.stdin.setEncoding('utf8').on('data', (said: string) => {
    if (said.includes(STAY)) held = false
  })
  process.stdin.once('close', () => {
    if (held) end()
  })
  // Nobody may be listening any more.
  process.stdout.on('error', () => undefined)
}
