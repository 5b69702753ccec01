import { homedir } from 'node:os'
import path from 'node:path'

const VERSION = '1.20.2'

/** The Kubernetes that the test bed runs; Debian 12 has the source of exactly this one. */
export const KUBERNETES = {
  version: VERSION,
  commit: 'faecb196815e248d3ecfb03c680a4507229c2a56',
  builtAt: '2021-01-13T13:20:00Z',
  servers: ['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'],
} as const

/** Where the test bed keeps things on this machine. */
export interface Places {
  /** The Kubernetes servers, built once. */
  binaries: string
  /** Archives of images, built once. */
  images: string
  /** The recordings of scenarios that nobody asked to have elsewhere. */
  recordings: string
  /** One folder for every node that is up. */
  nodes: string
}

/** @param cache in place of `$XDG_CACHE_HOME/kubepatrol` */
export function placesOf(cache?: string): Places {
  const { XDG_CACHE_HOME, XDG_STATE_HOME } = process.env
  const cached = path.resolve(
    cache ?? path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'kubepatrol'),
  )
  const state = XDG_STATE_HOME || path.join(homedir(), '.local/state')
  return {
    binaries: path.join(cached, `kubernetes-${VERSION}`),
    images: path.join(cached, 'images'),
    recordings: path.join(cached, 'recordings'),
    nodes: path.join(state, 'kubepatrol/real-node'),
  }
}

export const NODE_NAME = 'real-node'

/** Where a node finds its things: paths in its own mount namespace, the same on every machine. */
export const INSIDE = {
  disk: '/mnt/node',
  volume: '/mnt/node/pv/es-0',
  kubelet: '/mnt/node/kubelet',
  state: '/mnt/state',
  binaries: '/mnt/bin',
  images: '/mnt/images',
  recording: '/mnt/recording',
  memory: '/mnt/memory',
  runtimeSocket: '/mnt/state/containerd.sock',
} as const
