import type { Duration } from '../../units/duration.ts'
import { formatInstant, type Instant } from '../../units/instant.ts'
import type { Gap } from '../gap.ts'
import { latestStart } from '../kubelet-start.ts'
import type { NodeObservation, Observation, Part } from '../observation.ts'
import type { HandedNode } from './handed-rounds.ts'
import { readingChoice } from './reading-choice.ts'

/** An agent that hands over nothing for so many of its rounds is silent, but not sooner than half a minute. */
const ROUNDS_MISSED = 3
const LEAST_SILENCE: Duration = 30_000
/** A silent agent is told of so long: it may have been taken away. */
const TOLD_FOR: Duration = 24 * 3_600_000

/** Whether an agent still speaks. */
export function isHeard(
  { every, receivedAt }: Pick<HandedNode, 'every' | 'receivedAt'>,
  at: Instant,
): boolean {
  return at - receivedAt <= Math.max(ROUNDS_MISSED * every, LEAST_SILENCE)
}

/** Joins what agents handed over since the last round into an observation. */
export type AgentMerger = (observation: Observation, handed: ReadonlyMap<string, HandedNode>) => Observation

/**
 * Joins what agents saw of their nodes into what the API server and kubelets tell: part by part the richer, and of
 * equals the fresher. A node whose agent is silent is as it is seen without one, and that is a gap.
 */
export function agentMerger(): AgentMerger {
  const choices = new Map<string, Record<'nodefs' | 'imagefs', ReturnType<typeof readingChoice>>>()
  return (observation, handed) => {
    const { observedAt: now } = observation
    const nodes = withNodesOfAgents(observation, handed).map((told) => {
      const agent = handed.get(told.name)
      const choice = choices.get(told.name) ?? { nodefs: readingChoice(), imagefs: readingChoice() }
      choices.set(told.name, choice)
      // Asked of nodes without an agent, too: the first round of one that comes later may reach back before the last reading.
      const readings = (filesystem: 'nodefs' | 'imagefs') =>
        choice[filesystem]({
          agent: agent?.node[filesystem] ?? [],
          kubelet: told[filesystem] ?? [],
          isHeard: agent !== undefined && isHeard(agent, now),
          now,
        })
      const nodefs = readings('nodefs')
      const imagefs = readings('imagefs')
      if (agent === undefined) return told
      const { node: seen } = agent
      return {
        ...told,
        ...(isHeard(agent, now) ? parts(told, seenByAgent(seen)) : {}),
        ...hearingOf(agent, now),
        nodefs,
        ...(seen.imagefs || told.imagefs ? { imagefs } : {}),
        imageNames: { ...told.imageNames, ...seen.imageNames },
        facts: [...told.facts, ...seen.facts],
      }
    })
    const names = new Set(nodes.map(({ name }) => name))
    for (const name of choices.keys()) if (!names.has(name)) choices.delete(name)
    return { ...observation, nodes, gaps: gapsOf(observation, nodes, handed) }
  }
}

/** Whether it is heard. One that is silent for a day may have been taken away. */
function hearingOf(agent: HandedNode, now: Instant): Pick<NodeObservation, 'agent'> {
  const { receivedAt: heardAt } = agent
  return now - heardAt > TOLD_FOR ? {} : { agent: { heardAt, isHeard: isHeard(agent, now) } }
}

/** Every part of it says who saw it. */
function seenByAgent(node: NodeObservation): NodeObservation {
  const marked = Object.entries(node).map(([name, part]: [string, unknown]) => [
    name,
    isPart(part) ? { ...part, seenBy: 'agent' } : part,
  ])
  return Object.fromEntries(marked) as NodeObservation
}

function isPart(part: unknown): part is Part<unknown> {
  return typeof part === 'object' && part !== null && 'observedAt' in part && 'value' in part
}

/** Where nodes may not be listed, those that agents are on are known, too. */
function withNodesOfAgents(
  { cluster, nodes }: Observation,
  handed: ReadonlyMap<string, HandedNode>,
): readonly NodeObservation[] {
  if (cluster.nodes !== undefined) return nodes
  const known = new Set(nodes.map(({ name }) => name))
  const others = [...handed.keys()].filter((name) => !known.has(name))
  return [...nodes, ...others.map((name) => ({ name, imageNames: {}, nodefs: [], facts: [] }))]
}

/** What the agent sees or hears from the runtime counts for more than the Node object; of the kubelet's answers the fresher counts. */
function parts(told: NodeObservation, seen: NodeObservation): NodeObservation {
  const { kubeletConfiguration, summary, kubeletStartedAt, ...own } = seen
  const settings = inEffect(kubeletConfiguration, told.kubeletConfiguration)
  const usage = fresher(summary, told.summary)
  return {
    ...own,
    ...(settings && { kubeletConfiguration: settings }),
    ...(usage && { summary: usage }),
    ...latestStart(kubeletStartedAt, told.kubeletStartedAt),
  }
}

function fresher<T>(seen: Part<T> | undefined, told: Part<T> | undefined): Part<T> | undefined {
  if (seen === undefined || told === undefined) return seen ?? told
  return seen.observedAt >= told.observedAt ? seen : told
}

/** What a kubelet says of its settings counts for more than files that it may have read. */
function inEffect<T>(seen: Part<T> | undefined, told: Part<T> | undefined): Part<T> | undefined {
  const said = [seen, told].filter((part) => part?.source === 'configz')
  return said.length === 1 ? said[0] : fresher(seen, told)
}

/** What may be had from either: it is missing when both miss it. */
const FROM_EITHER: ReadonlySet<string> = new Set(['stats/summary', 'configz'])

function gapsOf(
  { observedAt: now, gaps = [] }: Observation,
  nodes: readonly NodeObservation[],
  handed: ReadonlyMap<string, HandedNode>,
): Gap[] {
  const names = new Set(nodes.map(({ name }) => name))
  const agents = [...handed].filter(([name]) => names.has(name))
  const heard = new Map(agents.filter(([, agent]) => isHeard(agent, now)))
  const told = gaps.filter(({ part, node }) => !(FROM_EITHER.has(part) && heard.has(node ?? '')))
  const missed = new Set(gaps.map(({ part, node }) => `${part} ${node}`))
  const ofAgents = [...heard.values()].flatMap(({ node, gaps: own }) =>
    own.filter(({ part }) => !FROM_EITHER.has(part) || missed.has(`${part} ${node.name}`)),
  )
  const silent = agents.flatMap(([node, agent]): Gap[] =>
    heard.has(node) || now - agent.receivedAt > TOLD_FOR
      ? []
      : [{ part: 'agent', node, why: 'timed-out', detail: formatInstant(agent.receivedAt) }],
  )
  return [...told, ...ofAgents, ...silent]
}
