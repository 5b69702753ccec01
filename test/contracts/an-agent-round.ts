import type { Fact } from '../../src/core/explain/facts/fact.ts'
import type { AgentRound } from '../../src/core/observe/agents/agent-round.ts'
import type { NodeObservation } from '../../src/core/observe/observation.ts'
import { aReading } from './a-round.ts'

/** A round of an agent, as tests need it: nothing but what matters to them. */
export function anAgentRound(
  number: number,
  { node, ...more }: Partial<Omit<AgentRound, 'node'>> & { node?: Partial<NodeObservation> } = {},
): AgentRound {
  return {
    run: 'run-1',
    number,
    observedAt: number * 10_000,
    every: 10_000,
    gaps: [],
    ...more,
    node: { name: 'n1', imageNames: {}, nodefs: [aReading(number)], facts: [], ...node },
  }
}

export function aStatement(subject: string, order: number): Fact {
  return {
    id: 'image-gc-failed',
    at: order,
    atText: null,
    order,
    isCoarse: false,
    node: 'n1',
    source: { file: 'journal', line: order },
    from: 'kubelet',
    fields: { bytes: 1.5, list: ['a'], pod: { name: 'p' } },
    subject,
    raw: '字 \u0000 "raw" \ud83d\ude00\n',
  }
}
