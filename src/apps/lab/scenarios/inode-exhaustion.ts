import type { Scenario } from '../scenario.ts'
import { image, workload } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const IMAGES = [image('registry.local/mail/spool:4', 70), image('registry.local/mail/web:4', 90)]

/** Millions of small files: the disk has bytes left, and no inodes. */
export const inodeExhaustion: Scenario = {
  id: 'inode-exhaustion',
  summary: {
    en: 'Small files use up the inodes of a disk that is half empty.',
    'zh-CN': '大量小文件耗尽 inode，而磁盘空间还剩一半。',
  },
  kubernetesVersion: 'v1.28.4',
  namespaces: ['default', 'mail'],
  registry: { images: IMAGES, milliseconds: 4000 },
  nodes: [plainNode('node-1', { images: [PINNED_PAUSE, ...IMAGES] })],
  objects: [
    workload('ReplicaSet', {
      namespace: 'mail',
      name: 'web-84c9',
      image: 'registry.local/mail/web:4',
      replicas: 2,
    }),
    workload('ReplicaSet', {
      namespace: 'mail',
      name: 'spool-57d6',
      image: 'registry.local/mail/spool:4',
      writes: [{ to: 'spool', inodesPerSecond: 9000, bytesPerSecond: 9_000_000, afterSeconds: 30 }],
      spec: { volumes: [{ name: 'spool', emptyDir: {} }] },
    }),
  ],
  seconds: 1800,
  speed: 20,
}
