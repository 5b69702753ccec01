import type { Scenario } from '../scenario.ts'
import { image, workload } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const IMAGES = [image('registry.local/shop/web:2.3', 80), image('registry.local/shop/db:9', 140)]
const limited = { requests: { 'ephemeral-storage': '1Gi' }, limits: { 'ephemeral-storage': '2Gi' } }
/** Thresholds as one sets them who has read of the trap of one filesystem (semantics §3.2). */
const THOUGHT_OUT = {
  'memory.available': '100Mi',
  'nodefs.available': '10%',
  'nodefs.inodesFree': '5%',
  'imagefs.available': '10%',
  'imagefs.inodesFree': '5%',
}
const nodes = ['node-1', 'node-2', 'node-3'].map((name) =>
  plainNode(name, {
    kubeletVersion: 'v1.30.4',
    images: [PINNED_PAUSE, ...IMAGES],
    configuration: { evictionHard: THOUGHT_OUT },
  }),
)

/** Nothing is wrong: logs rotate, and a patrol has nothing to say. */
export const healthyCluster: Scenario = {
  id: 'healthy-cluster',
  summary: {
    en: 'Nothing is wrong: logs rotate, disks have room, and the patrol says nothing.',
    'zh-CN': '一切正常：日志轮转，磁盘充裕，巡检无话可说。',
  },
  kubernetesVersion: 'v1.30.4',
  namespaces: ['default', 'shop'],
  registry: { images: IMAGES, milliseconds: 4000 },
  nodes,
  objects: [
    workload('ReplicaSet', {
      namespace: 'shop',
      name: 'web-7c5d',
      image: 'registry.local/shop/web:2.3',
      replicas: 3,
      resources: limited,
      writes: [{ to: 'log', bytesPerSecond: 200_000 }],
    }),
  ],
  seconds: 1800,
  speed: 20,
}
