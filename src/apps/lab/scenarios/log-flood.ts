import type { Scenario } from '../scenario.ts'
import { image, workload } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const IMAGES = [image('registry.local/shop/web:2.3', 80), image('registry.local/shop/worker:2.3', 120)]

/** Docker keeps a container's log until somebody limits it: one pod in debug mode fills a node. */
export const logFlood: Scenario = {
  id: 'log-flood',
  summary: {
    en: 'One pod floods its log; docker rotates nothing, and the kubelet evicts it.',
    'zh-CN': '一个 Pod 狂写日志；docker 不做轮转，kubelet 将其驱逐。',
  },
  kubernetesVersion: 'v1.20.15',
  namespaces: ['default', 'shop'],
  registry: { images: IMAGES, milliseconds: 4000 },
  nodes: [
    plainNode('node-1', {
      kubeletVersion: 'v1.20.15',
      runtime: 'docker://19.3.15',
      images: [PINNED_PAUSE, ...IMAGES],
      sandboxImageFlag: 'registry.k8s.io/pause:3.9',
    }),
  ],
  objects: [
    workload('ReplicaSet', {
      namespace: 'shop',
      name: 'web-7c5d',
      image: 'registry.local/shop/web:2.3',
      replicas: 3,
    }),
    workload('ReplicaSet', {
      namespace: 'shop',
      name: 'worker-6f9b',
      image: 'registry.local/shop/worker:2.3',
      writes: [{ to: 'log', bytesPerSecond: 60_000_000, afterSeconds: 60 }],
    }),
  ],
  seconds: 1800,
  speed: 20,
}
