import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { makeCertificates } from './certificates.ts'
import { makeCgroup } from './cgroups.ts'
import { ctr, startContainerd } from './containerd.ts'
import { API_PORT, CERTIFICATES, startApiServer, startControllers, startEtcd } from './control-plane.ts'
import { connect } from './furnish.ts'
import type { ImageName } from './image-catalogue.ts'
import { archiveName } from './images.ts'
import { startKubelet, type KubeletSettings } from './kubelet.ts'
import { kubernetesApi, type KubernetesApi } from './kubernetes-api.ts'
import { INSIDE, NODE_NAME } from './places.ts'
import { startRecorder, type Recorder } from './recorder.ts'
import { serviceStarter, type StartService } from './services.ts'
import { until } from './until.ts'
import { watchNode, type WatchingAgent } from './watch-node.ts'

/** The node's address within its own network. */
const ADDRESS = '10.99.0.1'

/** A node that is ready, seen from within its namespaces. */
export interface RunningNode {
  api: KubernetesApi
  recorder: Recorder | undefined
  /** Watches the node, where that was asked for. */
  agent: WatchingAgent | undefined
  importImage(name: ImageName): Promise<void>
  restart(service: 'kubelet' | 'containerd'): Promise<void>
  /** Starts a program that runs as long as the node does. */
  start: StartService
}

interface Wishes {
  cgroup: string
  settings: KubeletSettings
  images: readonly ImageName[]
  recording: string | undefined
  /** Whether an agent watches it, and what it observes is recorded. */
  watched: boolean
  tell: (what: string) => void
  /** Called when a service ends that was not told to. */
  onLoss: (problem: string) => void
}

/** Starts everything, one after the other, and waits until the node is ready and has its images. */
export async function startNode({ tell, onLoss, ...wishes }: Wishes): Promise<RunningNode> {
  const start = serviceStarter(onLoss)
  await connect(ADDRESS)
  await makeCertificates(CERTIFICATES, ADDRESS)
  tell('starting etcd and the API server')
  startEtcd(start)
  startApiServer(start, ADDRESS)
  const api = kubernetesApi(CERTIFICATES, API_PORT)
  await until('the API server', 120, () => api.get('/readyz'))
  startControllers(start)
  await until('the default service account', 60, () =>
    api.get('/api/v1/namespaces/default/serviceaccounts/default'),
  )
  tell('starting containerd and the kubelet')
  const recorder = wishes.recording === undefined ? undefined : startRecorder(wishes.recording, api)
  recorder?.action('start-node')
  const node = { address: ADDRESS, cgroup: wishes.cgroup, settings: wishes.settings }
  makeCgroup(wishes.cgroup)
  mkdirSync(`${INSIDE.disk}/manifests`, { recursive: true })
  const services = { containerd: startContainerd(start), kubelet: startKubelet(start, node) }
  await until('containerd', 60, () => ctr('version'))
  await until('the node to be ready', 120, () => isReady(api))
  const running: RunningNode = {
    api,
    start,
    recorder,
    agent: wishes.watched && wishes.recording !== undefined ? await watchNode(wishes.recording) : undefined,
    async importImage(name) {
      recorder?.action(`import ${name}`)
      await ctr('images', 'import', path.join(INSIDE.images, archiveName(name)))
    },
    async restart(name) {
      recorder?.action(`restart-${name}`)
      await services[name].stop()
      services[name] = name === 'kubelet' ? startKubelet(start, node) : startContainerd(start)
      await until<string | boolean>(name, 60, () => (name === 'kubelet' ? isReady(api) : ctr('version')))
    },
  }
  tell('importing images')
  for (const image of wishes.images) await running.importImage(image)
  return running
}

/** Ready, and with none of the taints of a node that is not. */
async function isReady(api: KubernetesApi): Promise<boolean> {
  const { spec, status } = JSON.parse(await api.get(`/api/v1/nodes/${NODE_NAME}`)) as {
    spec: { taints?: unknown[] }
    status: { conditions?: { type: string; status: string }[] }
  }
  const ready = status.conditions?.some(
    (condition) => condition.type === 'Ready' && condition.status === 'True',
  )
  return ready === true && (spec.taints ?? []).length === 0
}

/** The kubelet's log from a position on. */
export const kubeletLog = (from = 0): string =>
  readFileSync(`${INSIDE.state}/logs/kubelet.log`, 'utf8').slice(from)
