import type { Scenario } from '../scenario.ts'
import { fleet } from './fleet.ts'

/** A bad release logs without end on every node, and nothing rotates it: all disks fill within minutes of each other. */
export const fleetLogStorm: Scenario = {
  id: 'fleet-log-storm',
  summary: {
    en: 'A bad release floods its logs on all of 100 nodes at once.',
    'zh-CN': '一次有问题的发布让全部 100 个节点同时狂写日志。',
  },
  kubernetesVersion: 'v1.20.15',
  ...fleet({
    nodes: 100,
    podsPerNode: 8,
    plan: () => ({
      kubeletVersion: 'v1.20.15',
      runtime: 'docker://19.3.15',
      sandboxImageFlag: 'registry.k8s.io/pause:3.9',
    }),
    writes: (index) => [{ to: 'log', bytesPerSecond: 90_000_000 + 400_000 * (index % 50), afterSeconds: 30 }],
  }),
  seconds: 1800,
  speed: 10,
}
