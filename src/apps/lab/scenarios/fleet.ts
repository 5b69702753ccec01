import type { Scenario } from '../scenario.ts'
import type { NodePlan } from '../world/node/node-state.ts'
import type { Writing } from '../world/node/writing.ts'
import { image, pod } from './building.ts'
import { PINNED_PAUSE, plainNode } from './single-node.ts'

const IMAGES = Array.from({ length: 8 }, (_, index) =>
  image(`registry.local/app/service-${index}:1`, 60 + 15 * index),
)
const ALL = [PINNED_PAUSE, ...IMAGES]

/** A fleet of the same nodes, each with as many of the same pods. */
export interface FleetPlan {
  nodes: number
  podsPerNode: number
  /** What differs on some nodes. */
  plan?: (index: number) => Partial<NodePlan>
  /** What the first pod of some nodes writes, and into an emptyDir named `data` if it says so. */
  writes?: (index: number) => readonly Writing[] | undefined
}

/** `node-007`, in a fleet of hundreds. */
export function fleetNode(index: number): string {
  return `node-${String(index).padStart(3, '0')}`
}

/** The parts of a scenario that a fleet makes. */
export function fleet({
  nodes,
  podsPerNode,
  plan,
  writes,
}: FleetPlan): Pick<Scenario, 'nodes' | 'objects' | 'registry' | 'namespaces'> {
  const indexes = Array.from({ length: nodes }, (_, index) => index)
  return {
    namespaces: ['default', 'app'],
    registry: { images: ALL, milliseconds: 3000 },
    nodes: indexes.map((index) => plainNode(fleetNode(index), { images: ALL, ...plan?.(index) })),
    objects: indexes.flatMap((index) =>
      Array.from({ length: podsPerNode }, (_, number) => {
        const own = number === 0 ? writes?.(index) : undefined
        return pod({
          namespace: 'app',
          name: `service-${number}-${fleetNode(index)}`,
          image: IMAGES[number % IMAGES.length]?.names[0] ?? '',
          ...(own && { writes: own }),
          spec: { nodeName: fleetNode(index), ...(own && { volumes: [{ name: 'data', emptyDir: {} }] }) },
        })
      }),
    ),
  }
}
