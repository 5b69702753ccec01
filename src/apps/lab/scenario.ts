import type { LabObjects } from './world/lab-objects.ts'
import type { NodeHands } from './world/node/lab-kubelet.ts'
import type { NodePlan, Registry } from './world/node/node-state.ts'
import type { LabObject } from './world/objects.ts'

/** What somebody does in a scenario: with kubectl, or with a shell on a node. */
export interface Hands {
  objects: LabObjects
  node(name: string): NodeHands | undefined
}

/** A cluster and what happens to it. */
export interface Scenario {
  id: string
  /** One sentence, as the list of scenarios shows it. */
  summary: { en: string; 'zh-CN': string }
  kubernetesVersion: string
  namespaces?: readonly string[]
  nodes: readonly NodePlan[]
  registry: Registry
  objects: readonly { resource: string; object: LabObject }[]
  /** By the simulated second from the beginning. */
  acts?: readonly { atSeconds: number; what: (hands: Hands) => void }[]
  /** Chance draws names and ids; the same seed draws the same. */
  seed?: number
  /** How long it is worth watching, and how much faster than life by default. */
  seconds: number
  speed: number
}
