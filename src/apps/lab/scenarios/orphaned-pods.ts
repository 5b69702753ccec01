import type { PodDirectoryEntry } from '../../../core/kubelet/orphans/pod-directory.ts'
import type { Scenario } from '../scenario.ts'
import { image, workload } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const WEB = image('registry.local/shop/web:2.3', 80)
const UIDS = ['0b6f2a6e-5a0e-4f0b-9d7c-1c2d3e4f5a6b', '7e1d9c3b-2b4a-4c5d-8e6f-9a0b1c2d3e4f']

/** What a CSI driver left that died at the wrong moment: a file where only directories may be. */
function leftBy(driverVolume: string): readonly PodDirectoryEntry[] {
  const directories = ['volumes', 'volumes/kubernetes.io~csi', `volumes/kubernetes.io~csi/${driverVolume}`]
  return [
    ...directories.map((path): PodDirectoryEntry => ({ path, isDirectory: true, mount: 'none' })),
    { path: `volumes/kubernetes.io~csi/${driverVolume}/vol_data.json`, isDirectory: false, mount: 'none' },
  ]
}

/** Directories of pods that nobody knows: the kubelet says so every two seconds, and cleans up nothing. */
export const orphanedPods: Scenario = {
  id: 'orphaned-pods',
  summary: {
    en: 'Directories of pods that are gone stay on a node, and its kubelet complains every two seconds.',
    'zh-CN': '已删除 Pod 的目录残留在节点上，kubelet 每两秒报错一次。',
  },
  kubernetesVersion: 'v1.22.17',
  namespaces: ['default', 'shop'],
  registry: { images: [WEB], milliseconds: 4000 },
  nodes: [
    plainNode('node-1', {
      kubeletVersion: 'v1.22.17',
      images: [PINNED_PAUSE, WEB],
      sandboxImageFlag: 'registry.k8s.io/pause:3.9',
      orphans: Object.fromEntries(UIDS.map((uid, index) => [uid, leftBy(`pvc-${index}`)])),
    }),
  ],
  objects: [
    workload('ReplicaSet', {
      namespace: 'shop',
      name: 'web-7c5d',
      image: 'registry.local/shop/web:2.3',
      replicas: 2,
    }),
  ],
  acts: UIDS.map((uid, index) => ({
    atSeconds: 600 + index * 120,
    what: ({ node }) => node('node-1')?.deletePodDirectory(uid),
  })),
  seconds: 900,
  speed: 10,
}
