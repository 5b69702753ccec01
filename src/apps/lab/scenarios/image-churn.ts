import type { Scenario } from '../scenario.ts'
import { image, workload } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const BUILDS = Array.from({ length: 24 }, (_, index) =>
  image(`registry.local/ci/build:${index + 1}`, 900, 2100),
)
const TOOL = image('registry.local/ci/runner:1', 60)

/** With the default of 15 % for imagefs the eviction manager would come first, and delete everything (semantics §3.2). */
const EVICTS_LATE = { 'memory.available': '100Mi', 'nodefs.available': '5%', 'imagefs.available': '5%' }

/** A node on which images of every build are pulled: collection keeps up, and nobody is evicted. */
export const imageChurn: Scenario = {
  id: 'image-churn',
  summary: {
    en: 'Every build pulls an image of its own; image collection deletes the oldest, again and again.',
    'zh-CN': '每次构建都拉取新镜像；镜像回收一再删除最久未用的镜像。',
  },
  kubernetesVersion: 'v1.28.4',
  namespaces: ['default', 'ci'],
  registry: { images: [TOOL, ...BUILDS], milliseconds: 9000 },
  nodes: [
    plainNode('builder-1', { images: [PINNED_PAUSE, TOOL], configuration: { evictionHard: EVICTS_LATE } }),
  ],
  objects: [
    workload('ReplicaSet', { namespace: 'ci', name: 'runner-5b8f', image: 'registry.local/ci/runner:1' }),
  ],
  acts: BUILDS.map((build, index) => ({
    atSeconds: 60 + index * 120,
    what: ({ node }) => node('builder-1')?.loadImage(build),
  })),
  seconds: 3000,
  speed: 60,
}
