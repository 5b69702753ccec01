import path from 'node:path'
import { writeKubeconfig } from './certificates.ts'
import { API_PORT, CERTIFICATES } from './control-plane.ts'
import { INSIDE, NODE_NAME } from './places.ts'
import type { Service, StartService } from './services.ts'

/** The log of the agent, as a service of the node. */
export const AGENT = 'agent'

/** Starts the bundled agent as a DaemonSet would: with its defaults, and a store on the node's disk. */
export function startBundledAgent(start: StartService): Service {
  const kubeconfig = path.join(INSIDE.memory, 'agent.kubeconfig')
  writeKubeconfig(kubeconfig, CERTIFICATES, 'admin', API_PORT)
  return start(AGENT, process.execPath, [
    path.resolve('dist/kubepatrol.js'),
    'agent',
    `--node-name=${NODE_NAME}`,
    `--kubeconfig=${kubeconfig}`,
    `--kubelet-log=${path.join(INSIDE.state, 'logs/kubelet.log')}`,
    `--store=${path.join(INSIDE.disk, 'agent.db')}`,
  ])
}
