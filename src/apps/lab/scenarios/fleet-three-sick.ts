import type { Scenario } from '../scenario.ts'
import type { Writing } from '../world/node/writing.ts'
import { fleet } from './fleet.ts'

/** What is wrong, by the number of the node: a full emptyDir, a flood of files, a layer that grows. */
const SICK: Readonly<Record<number, readonly Writing[]>> = {
  17: [{ to: 'data', bytesPerSecond: 150_000_000, afterSeconds: 20 }],
  250: [{ to: 'data', inodesPerSecond: 12_000, bytesPerSecond: 3_000_000, afterSeconds: 20 }],
  499: [{ to: 'layer', bytesPerSecond: 120_000_000, afterSeconds: 60 }],
}

/** Three sick nodes among five hundred: the patrol has to find them, and say nothing of the others. */
export const fleetThreeSick: Scenario = {
  id: 'fleet-three-sick',
  summary: {
    en: 'A fleet of 500 nodes, of which three are sick.',
    'zh-CN': '500 个节点的集群，其中三个节点有问题。',
  },
  kubernetesVersion: 'v1.28.4',
  ...fleet({ nodes: 500, podsPerNode: 12, writes: (index) => SICK[index] }),
  seconds: 1800,
  speed: 10,
}
