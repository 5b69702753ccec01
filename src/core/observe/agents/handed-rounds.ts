import type { Pod } from '../../kubernetes/pod.ts'
import type { Instant } from '../../units/instant.ts'
import type { FilesystemReading, NodeObservation, Part } from '../observation.ts'
import { podsByNode } from '../pods-by-node.ts'
import type { AgentRound, Controller, Told } from './agent-round.ts'
import { toldPod } from './told-pods.ts'

/** What is known of a node from its agent. */
export interface HandedNode extends Pick<AgentRound, 'observedAt' | 'every' | 'gaps' | 'run'> {
  /** The latest parts; facts and readings since the last call of `collect`. */
  node: NodeObservation
  /** By our own clock. */
  receivedAt: Instant
}

/** Takes the rounds of agents, and keeps the last one of each node. */
export interface HandedRounds extends Controller {
  /** What is known of each node, by name. Facts and readings are given once. */
  collect(): ReadonlyMap<string, HandedNode>
  /** Takes the pods of the cluster, which agents are told in answer to their rounds: each those of its node. */
  know(pods: Part<readonly Pod[]>): void
  /** Forgets all nodes but these. */
  keep(nodes: ReadonlySet<string>): void
}

/** Between two rounds of a controller no more than so many are kept, the latest. */
export const MOST_HANDED_FACTS = 5000
export const MOST_HANDED_READINGS = 3600

interface Kept extends HandedNode {
  number: number
}

/** Keeps rounds in memory. @param now the clock of the controller */
export function handedRounds(now: () => Instant): HandedRounds {
  const kept = new Map<string, Kept>()
  let pods: Part<ReadonlyMap<string, readonly Pod[]>> | undefined
  const told = (name: string): Told | undefined =>
    pods && { pods: { ...pods, value: (pods.value.get(name) ?? []).map(toldPod) } }
  return {
    async hand(round) {
      const { name } = round.node
      const before = kept.get(name)
      // The answer to it was lost on its way, and the agent asks again.
      if (before?.run === round.run && round.number <= before.number) return told(name)
      kept.set(name, { ...round, node: joinRounds(before?.node, round.node), receivedAt: now() })
      return told(name)
    },
    collect() {
      const collected = new Map<string, HandedNode>(kept)
      for (const [name, last] of kept) kept.set(name, { ...last, node: withoutPassing(last.node) })
      return collected
    },
    know(all) {
      pods = { ...all, value: podsByNode(all.value) }
    },
    keep(nodes) {
      for (const name of kept.keys()) if (!nodes.has(name)) kept.delete(name)
    },
  }
}

/** The later of two rounds, with the facts, readings and names of both: they are told once. */
export function joinRounds(before: NodeObservation | undefined, now: NodeObservation): NodeObservation {
  if (before === undefined) return now
  const imagefs = joined(before.imagefs, now.imagefs)
  return {
    ...now,
    imageNames: { ...before.imageNames, ...now.imageNames },
    nodefs: joined(before.nodefs, now.nodefs) ?? [],
    ...(imagefs && { imagefs }),
    facts: [...before.facts, ...now.facts].slice(-MOST_HANDED_FACTS),
  }
}

function joined(
  before: readonly FilesystemReading[] | undefined,
  now: readonly FilesystemReading[] | undefined,
): readonly FilesystemReading[] | undefined {
  if (before === undefined || now === undefined) return now ?? before
  return [...before, ...now].slice(-MOST_HANDED_READINGS)
}

/** A node without what is to be told once. */
function withoutPassing({ imagefs, ...node }: NodeObservation): NodeObservation {
  return { ...node, imageNames: {}, nodefs: [], ...(imagefs && { imagefs: [] }), facts: [] }
}
