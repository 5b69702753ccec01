import { z } from 'zod'
import { RESOURCES } from '../../kubernetes/resources.ts'
import { GapSchema, NodeObservationSchema } from '../observation-file.ts'
import type { NodeObservation } from '../observation.ts'
import type { AgentRound, Told } from './agent-round.ts'
import { MOST_HANDED_FACTS, MOST_HANDED_READINGS } from './handed-rounds.ts'

const HEADER = { apiVersion: 'kubepatrol.io/v1alpha1', kind: 'AgentRound' } as const

/** Larger rounds are not taken: packed as they are sent, and unpacked. */
export const MOST_ROUND_BYTES = { packed: 4 * 1024 * 1024, unpacked: 32 * 1024 * 1024 } as const
const MOST_GAPS = 200
const SHORTEST_EVERY = 1000
const LONGEST_EVERY = 24 * 3_600_000

/** A round as it is sent. */
const AgentRoundFile = z.object({
  apiVersion: z.literal(HEADER.apiVersion),
  kind: z.literal(HEADER.kind),
  run: z.string().min(1).max(64),
  number: z.int().positive(),
  observedAt: z.number(),
  every: z.number().min(SHORTEST_EVERY).max(LONGEST_EVERY),
  node: NodeObservationSchema,
  gaps: z.array(GapSchema),
})

/** Writes a round to be sent. */
export function writeAgentRound(round: AgentRound): string {
  return JSON.stringify({ ...HEADER, ...round })
}

/**
 * Reads a round that was sent by who may speak for this node only: whatever it says of others is not taken. A part
 * that is not understood, such as that of a newer agent, is a gap.
 * @returns undefined when it cannot be understood, or is of another node
 */
export function readAgentRound(text: string, nodeName: string): AgentRound | undefined {
  const json = jsonOf(text)
  const whole = AgentRoundFile.safeParse(json)
  const unread = whole.success ? [] : unreadParts(whole.error)
  const parsed = whole.success ? whole : AgentRoundFile.safeParse(without(json, unread))
  if (!parsed.success || parsed.data.node.name !== nodeName) return undefined
  const { run, number, observedAt, every, gaps } = parsed.data
  const node = parsed.data.node as NodeObservation
  const strange = unread.map(({ part, problem }) => ({ part, why: 'garbled' as const, detail: problem }))
  return {
    run,
    number,
    observedAt,
    every,
    node: {
      ...node,
      nodefs: node.nodefs.slice(-MOST_HANDED_READINGS),
      ...(node.imagefs && { imagefs: node.imagefs.slice(-MOST_HANDED_READINGS) }),
      facts: node.facts.slice(-MOST_HANDED_FACTS).map((fact) => ({ ...fact, node: nodeName })),
    },
    gaps: [...strange, ...gaps]
      .slice(0, MOST_GAPS)
      .map(({ part, why, detail }) => ({ part, why, detail: detail.slice(0, 300), node: nodeName })),
  }
}

const ToldFile = z.object({
  pods: z.object({ value: z.array(RESOURCES.pods.schema), source: z.string(), observedAt: z.number() }),
})

/** Reads what a controller tells once it has taken a round. @returns undefined when it cannot be understood */
export function readTold(text: string): Told | undefined {
  return ToldFile.safeParse(jsonOf(text)).data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Parts of the node that are of another shape than ours. */
function unreadParts({ issues }: z.ZodError): { part: string; problem: string }[] {
  const parts = new Map<string, string>()
  for (const { path, message } of issues) {
    const [, part] = path
    if (path[0] === 'node' && typeof part === 'string' && !parts.has(part))
      parts.set(part, `${path.slice(2).map(String).join('.')}: ${message}`)
  }
  return [...parts].map(([part, problem]) => ({ part, problem }))
}

/** The round without these parts of its node; what has to be there is empty. */
function without(json: unknown, parts: readonly { part: string }[]): unknown {
  const { node, ...round } = (json ?? {}) as { node?: Record<string, unknown> }
  const strange = new Set(parts.map(({ part }) => part))
  const read = Object.entries(node ?? {}).filter(([part]) => !strange.has(part))
  return { ...round, node: { imageNames: {}, nodefs: [], facts: [], ...Object.fromEntries(read) } }
}
