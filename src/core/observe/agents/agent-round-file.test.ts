import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { AgentRound } from './agent-round.ts'
import { readAgentRound, writeAgentRound } from './agent-round-file.ts'

const round: AgentRound = {
  run: 'r',
  number: 1,
  observedAt: 5,
  every: 10_000,
  node: { name: 'n1', imageNames: {}, nodefs: [], facts: [] },
  gaps: [],
}
const changed = (change: object) => JSON.stringify({ ...JSON.parse(writeAgentRound(round)), ...change })
const fact = {
  id: 'image-gc-failed',
  at: 1,
  atText: null,
  order: 1,
  isCoarse: false,
  node: 'another-node',
  source: { file: 'f', line: 1 },
  from: 'kubelet',
  fields: {},
  subject: '',
  raw: '',
}

describe('a round that is sent', () => {
  it('is read as it was written', () => {
    expect(readAgentRound(writeAgentRound(round), 'n1')).toEqual(round)
  })

  it.each([
    ['of another node', writeAgentRound(round), 'n2'],
    ['no JSON', '{', 'n1'],
    ['nothing', 'null', 'n1'],
    ['of another kind', changed({ kind: 'Observation' }), 'n1'],
    ['without a number', changed({ number: 0 }), 'n1'],
    ['of no pace', changed({ every: 0 }), 'n1'],
    ['without a node', changed({ node: [] }), 'n1'],
    ['of a run without a name', changed({ run: '' }), 'n1'],
  ])('is not taken when it is %s', (_, text, node) => {
    expect(readAgentRound(text, node)).toBeUndefined()
  })

  it('speaks for its own node only', () => {
    const gaps = [{ part: 'runtime', node: 'another-node', why: 'timed-out', detail: 'x'.repeat(1000) }]
    const read = readAgentRound(changed({ node: { ...round.node, facts: [fact] }, gaps }), 'n1')
    expect(read?.node.facts).toMatchObject([{ node: 'n1' }])
    expect(read?.gaps).toEqual([{ part: 'runtime', node: 'n1', why: 'timed-out', detail: 'x'.repeat(300) }])
  })

  it('says which parts of it are not understood, and is taken without them', () => {
    const node = {
      ...round.node,
      kubeletVersion: 'v1',
      facts: [{ ...fact, id: 'from-the-future' }],
      images: 7,
    }
    const read = readAgentRound(changed({ node }), 'n1')
    expect(read?.node).toEqual({ ...round.node, kubeletVersion: 'v1' })
    expect(read?.gaps.map(({ part, why, node: of }) => [part, why, of])).toEqual([
      ['images', 'garbled', 'n1'],
      ['facts', 'garbled', 'n1'],
    ])
  })

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (node, gaps) => {
        readAgentRound(changed({ node, gaps }), 'n1')
        readAgentRound(changed({ node: { ...round.node, images: node, facts: gaps } }), 'n1')
      }),
    )
  })
})
