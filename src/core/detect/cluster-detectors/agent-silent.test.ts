import { expect, it } from 'vitest'
import type { Gap } from '../../observe/gap.ts'
import { clusterSentences, clusterView } from '../cluster-view.contract.ts'
import { agentSilent } from './agent-silent.ts'

const gap = (part: string, node = 'n1'): Gap => ({
  part,
  node,
  why: 'timed-out',
  detail: '2026-01-01T00:00:00Z',
})

it('is quiet while agents are heard, whatever else is missing', () => {
  expect(clusterSentences(agentSilent, clusterView({ gaps: [gap('runtime')] }))).toEqual([])
})

it('names each node whose agent is silent, and since when', () => {
  expect(clusterSentences(agentSilent, clusterView({ gaps: [gap('agent'), gap('agent', 'n2')] }))).toEqual([
    'Node/n1: The agent on n1 has handed nothing over since 2026-01-01T00:00:00Z. The node is watched from outside only: where its bytes are, what holds orphaned directories and which images can be pulled again is as old as that. Look whether its pod runs, and at the log of it.',
    expect.stringMatching(/^Node\/n2: The agent on n2 /),
  ])
})
