import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { imageReference } from './images.ts'
import { INSIDE } from './places.ts'
import { runProgram } from './run-program.ts'
import type { Service, StartService } from './services.ts'

const CNI = path.join(INSIDE.state, 'cni')

const NETWORK = {
  cniVersion: '0.4.0',
  name: 'real-node',
  plugins: [
    {
      type: 'bridge',
      bridge: 'pods0',
      isGateway: true,
      ipam: { type: 'host-local', subnet: '10.88.0.0/16', routes: [{ dst: '0.0.0.0/0' }] },
    },
  ],
}

// A machine that may not lower oom_score_adj can start no sandbox without restrict_oom_score_adj.
const configuration = () => `version = 2
root = "${INSIDE.disk}/containerd"
state = "/run/containerd"
[grpc]
  address = "${INSIDE.runtimeSocket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${INSIDE.memory}/opt"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${imageReference('pause')}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${CNI}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      BinaryName = "runc"
`

/** Starts containerd, with everything it keeps on the node's disk. */
export function startContainerd(start: StartService): Service {
  mkdirSync(CNI, { recursive: true })
  writeFileSync(path.join(CNI, '10-real-node.conflist'), JSON.stringify(NETWORK))
  const file = path.join(INSIDE.state, 'containerd.toml')
  writeFileSync(file, configuration())
  return start('containerd', 'containerd', ['--config', file])
}

/** Asks containerd by its own client, in the namespace that the kubelet uses. */
export function ctr(...args: string[]): Promise<string> {
  return runProgram('ctr', ['--address', INSIDE.runtimeSocket, '--namespace', 'k8s.io', ...args])
}
