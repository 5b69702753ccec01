import type { LabObjects, LabResources } from './lab-objects.ts'
import type { NodeHands } from './node/node-hands.ts'
import type { NodePlan, Registry } from './node/node-state.ts'
import type { LabObject } from './objects.ts'

/** What somebody does in a scenario: with kubectl, or with a shell on a node. */
export interface Hands {
  objects: LabObjects
  node(name: string): NodeHands | undefined
}

/** An object that is there from the beginning. */
export interface PlannedObject {
  resource: keyof LabResources
  object: LabObject
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
  objects: readonly PlannedObject[]
  /** By the simulated second from the beginning. */
  acts?: readonly { atSeconds: number; what: (hands: Hands) => void }[]
  /** It has run for so long that the events of its start have expired. */
  isOld?: boolean
  /** Chance draws names and ids; the same seed draws the same. */
  seed?: number
  /** How long it is worth watching, and how much faster than life by default. */
  seconds: number
  speed: number
}
