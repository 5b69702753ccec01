import type { NodePlan } from '../world/node/node-state.ts'
import { GIB, image } from './building.ts'

/** The pause image of newer clusters, which the runtime has pinned. */
export const PINNED_PAUSE = { ...image('registry.k8s.io/pause:3.9', 0.3, 0.7), isPinned: true }

/** A node as many have one: 100 GiB for everything, a third of it in use. */
export function plainNode(name: string, more: Partial<NodePlan> = {}): NodePlan {
  return {
    name,
    kubeletVersion: 'v1.28.4',
    runtime: 'containerd://1.7.8',
    disk: { capacityBytes: 100 * GIB, inodes: 6_553_600 },
    otherBytes: 30 * GIB,
    otherInodes: 250_000,
    images: [PINNED_PAUSE],
    sandboxImage: 'registry.k8s.io/pause:3.9',
    upSeconds: 86_400,
    ...more,
  }
}
