import { beforeEach, describe, expect, it } from 'vitest'
import { aReading } from '../../../../test/contracts/a-round.ts'
import { anAgentRound, aStatement } from '../../../../test/contracts/an-agent-round.ts'
import type { Gap } from '../gap.ts'
import type { NodeObservation, Observation, Part } from '../observation.ts'
import type { HandedNode } from './handed-rounds.ts'
import { agentMerger, isHeard, type AgentMerger } from './merge-agents.ts'

const NOW = 1_000_000
let merge: AgentMerger
beforeEach(() => {
  merge = agentMerger()
})

const part = <T>(value: T, observedAt = NOW, source = 'x'): Part<T> => ({ value, observedAt, source })
/** What the agent saw. */
const seenPart = <T>(...of: Parameters<typeof part<T>>): Part<T> => ({ ...part<T>(...of), seenBy: 'agent' })
const told = (node: Partial<NodeObservation> = {}): NodeObservation => ({
  name: 'n1',
  imageNames: {},
  nodefs: [],
  facts: [],
  ...node,
})
const observation = (node: Partial<NodeObservation> = {}, more: Partial<Observation> = {}): Observation => ({
  observedAt: NOW,
  cluster: {},
  nodes: [told(node)],
  ...more,
})
const handed = (node: Partial<NodeObservation>, more: Partial<HandedNode> = {}) => {
  const { number: _, ...round } = anAgentRound(1, { node: { nodefs: [], ...node } })
  return new Map<string, HandedNode>([['n1', { ...round, receivedAt: NOW - 10_000, ...more }]])
}
const SILENT = { receivedAt: NOW - 30_001 }
const only = ({ nodes: [node] }: Observation) => node

describe('a node with an agent', () => {
  it.each<[string, Partial<NodeObservation>, Partial<NodeObservation>, Partial<NodeObservation>]>([
    [
      'has what only the agent sees, and what only the API server tells',
      { kubeletVersion: 'v1.28.0' },
      { containers: part([]), diskAttribution: part([]), orphanedDirectories: part([]) },
      {
        kubeletVersion: 'v1.28.0',
        containers: seenPart([]),
        diskAttribution: seenPart([]),
        orphanedDirectories: seenPart([]),
      },
    ],
    [
      'has the images as the runtime lists them, however old',
      { images: part([{ names: ['api'] }]) },
      { images: part([{ names: ['runtime'], id: 'sha256:1' }], 1) },
      { images: seenPart([{ names: ['runtime'], id: 'sha256:1' }], 1) },
    ],
    [
      'has the images of the Node object while the runtime is gone',
      { images: part([{ names: ['api'] }]) },
      {},
      { images: part([{ names: ['api'] }]) },
    ],
    [
      'has the fresher summary',
      { summary: part({ pods: [] }, 5) },
      { summary: part({ pods: [], imageFsUsedBytes: 1 }, 4) },
      { summary: part({ pods: [] }, 5) },
    ],
    [
      'has the summary of the agent where nobody else may ask',
      {},
      { summary: part({ pods: [] }, 4) },
      { summary: seenPart({ pods: [] }, 4) },
    ],
    [
      'has the settings that the kubelet says, rather than its file',
      { kubeletConfiguration: part({}, 1, 'configz') as never },
      { kubeletConfiguration: part({}, 2, 'configuration file') as never },
      { kubeletConfiguration: part({}, 1, 'configz') as never },
    ],
    [
      'has the latest start of its kubelet',
      { kubeletStartedAt: 7 },
      { kubeletStartedAt: 6 },
      { kubeletStartedAt: 7 },
    ],
    [
      'has the names and facts of both',
      { imageNames: { a: ['1'] }, facts: [aStatement('event', 1)] },
      { imageNames: { b: ['2'] }, facts: [aStatement('log', 2)] },
      { imageNames: { a: ['1'], b: ['2'] }, facts: [aStatement('event', 1), aStatement('log', 2)] },
    ],
    [
      'has the readings of its agent, of both filesystems',
      { nodefs: [aReading(1)], imagefs: [aReading(1)] },
      { nodefs: [aReading(2), aReading(3)], imagefs: [aReading(2)] },
      { nodefs: [aReading(2), aReading(3)], imagefs: [aReading(2)] },
    ],
  ])('%s', (_, api, seen, expected) => {
    const { agent, ...node } = only(merge(observation(api), handed(seen))) ?? told()
    expect(node).toEqual(told(expected))
    expect(agent).toEqual({ heardAt: NOW - 10_000, isHeard: true })
  })

  it('is not asked in vain: what one could not read and the other did is no gap', () => {
    const gap = (name: string, node = 'n1'): Gap => ({ part: name, node, why: 'forbidden', detail: '' })
    const gaps = [gap('stats/summary'), gap('configz'), gap('stats/summary', 'n2'), gap('pods')]
    const left = (own: Gap[]) =>
      merge(observation({}, { gaps }), handed({}, { gaps: own })).gaps?.map(
        ({ part: name, node }) => `${name} ${node}`,
      )
    expect(left([])).toEqual(['stats/summary n2', 'pods n1'])
    expect(left([gap('configz'), gap('runtime')])).toEqual([
      'stats/summary n2',
      'pods n1',
      'configz n1',
      'runtime n1',
    ])
    expect(merge(observation(), handed({}, { gaps: [gap('configz')] })).gaps).toEqual([])
  })

  it('is told of no time twice by an agent that comes later and kept what it saw before', () => {
    const readings = (observed: Observation) => only(observed)?.nodefs.map(({ at }) => at)
    const before = merge(observation({ nodefs: [aReading(5)] }), new Map())
    const after = merge(observation({}), handed({ nodefs: [3, 4, 6].map(aReading) }))
    expect([readings(before), readings(after)]).toEqual([[5], [6]])
  })

  it('is known also where nodes may not be listed, and only there', () => {
    const nobody = observation({}, { nodes: [] })
    expect(only(merge(nobody, handed({ nodefs: [aReading(1)] })))).toMatchObject(
      told({ nodefs: [aReading(1)] }),
    )
    const listed = { ...nobody, cluster: { nodes: part([]) } }
    expect(merge(listed, handed({})).nodes).toEqual([])
  })

  it('is as others see it while the agent is silent, which is said', () => {
    const images = part([{ names: ['api'] }])
    const seen = {
      images: part([{ names: ['runtime'] }]),
      containers: part([]),
      facts: [aStatement('log', 2)],
    }
    const merged = merge(observation({ images, nodefs: [aReading(9)] }), handed(seen, SILENT))
    const agent = { heardAt: NOW - 30_001, isHeard: false }
    expect(only(merged)).toEqual(
      told({ images, nodefs: [aReading(9)], facts: [aStatement('log', 2)], agent }),
    )
    expect(merged.gaps).toEqual([
      { part: 'agent', node: 'n1', why: 'timed-out', detail: '1970-01-01T00:16:09.999Z' },
    ])
  })

  it('is not told of for ever: somebody may have taken the agent away', () => {
    const merged = merge(observation(), handed({}, { receivedAt: NOW - 24 * 3_600_000 - 1 }))
    expect(merged.gaps).toEqual([])
    expect(only(merged)?.agent).toBeUndefined()
  })

  it.each([
    [10_000, 30_000, true],
    [10_000, 30_001, false],
    [1000, 30_000, true],
    [60_000, 180_000, true],
    [60_000, 180_001, false],
  ])('that speaks each %i ms and was silent for %i is heard: %s', (every, silence, heard) => {
    expect(isHeard({ every, receivedAt: NOW - silence }, NOW)).toBe(heard)
  })
})

it('leaves a cluster without agents as it is', () => {
  const without = observation({ nodefs: [aReading(1)] }, { gaps: [] })
  expect(merge(without, new Map())).toEqual(without)
})
