import { labelOf } from './labels.ts'
import type { NodeFacts } from './node-facts.ts'

/** Parts of the cluster, each the nodes with one value of one label, with a pod that is there. */
export class Domains {
  readonly #podsByKey = new Map<string, Map<string, string>>()

  /** Adds the part by this label that a node is in; a node without the label is in none. */
  add(topologyKey: string, { labels }: NodeFacts, pod: string): void {
    const value = labelOf(labels, topologyKey)
    if (value === undefined) return
    let pods = this.#podsByKey.get(topologyKey)
    if (!pods) this.#podsByKey.set(topologyKey, (pods = new Map()))
    if (!pods.has(value)) pods.set(value, pod)
  }

  isEmpty(): boolean {
    return this.#podsByKey.size === 0
  }

  /** Whether the part by this label that a node is in was added. */
  has(topologyKey: string, { labels }: NodeFacts): boolean {
    const value = labelOf(labels, topologyKey)
    return value !== undefined && this.#podsByKey.get(topologyKey)?.has(value) === true
  }

  /** A label by which a node is in a part that was added, and the pod that is there. */
  find({ labels }: NodeFacts): { topologyKey: string; pod: string } | undefined {
    for (const [topologyKey, pods] of this.#podsByKey) {
      const pod = pods.get(labelOf(labels, topologyKey) ?? '')
      if (pod !== undefined && labelOf(labels, topologyKey) !== undefined) return { topologyKey, pod }
    }
    return undefined
  }
}
