import { describe, expect, it } from 'vitest'
import { kubernetesEventRecord } from '../../src/core/explain/frame/kubernetes-event.ts'
import { readFacts } from '../../src/core/explain/read-facts.ts'
import { Event } from '../../src/core/kubernetes/event.ts'
import { Node } from '../../src/core/kubernetes/node.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import { StatefulSet } from '../../src/core/kubernetes/stateful-set.ts'
import { emptyMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'

const DAY = 24 * 3_600_000
const START = Date.UTC(2026, 0, 1)
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString()
const part = <T>(value: T) => ({ value, source: 'test', observedAt: 0 })

const pod = (phase: string, nodeName?: string) =>
  Pod.parse({
    metadata: { namespace: 'log', name: 'es-0', ownerReferences: [{ kind: 'StatefulSet', name: 'es' }] },
    spec: nodeName === undefined ? {} : { nodeName },
    status: { phase },
  })
const node = (pressure: 'True' | 'False', since: number) =>
  Node.parse({
    metadata: { name: 'n1' },
    status: { conditions: [{ type: 'DiskPressure', status: pressure, lastTransitionTime: iso(since) }] },
  })
const set = StatefulSet.parse({ metadata: { namespace: 'log', name: 'es' }, spec: { replicas: 1 } })
const evicted = readFacts(
  kubernetesEventRecord(
    Event.parse({
      metadata: { namespace: 'log', name: 'es-0.1' },
      reason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage. ',
      involvedObject: { kind: 'Pod', namespace: 'log', name: 'es-0' },
      firstTimestamp: iso(1),
    }),
    { file: 'events', line: 0, node: 'n1' },
  ),
)

describe('an incident that evicted a pod', () => {
  it('stays open until the pod runs again, whatever else is over', () => {
    const rounds = [
      { object: node('False', 0), pods: [pod('Running', 'n1')] },
      { object: node('True', 1), pods: [pod('Failed', 'n1')], facts: evicted },
      { object: node('False', 2), pods: [pod('Failed', 'n1')] },
      { object: node('False', 2), pods: [] },
      { object: node('False', 2), pods: [pod('Pending')], after: 2 * DAY },
      { object: node('False', 2), pods: [pod('Pending')] },
      { object: node('False', 2), pods: [pod('Pending', 'n2')] },
      { object: node('False', 2), pods: [pod('Running', 'n2')] },
    ]
    let memory = emptyMemory
    let at = START - 60_000
    const states = rounds.map(({ object, pods, facts = [], after = 60_000 }) => {
      at += after
      const seen = <T>(value: T) => ({ ...part(value), observedAt: at })
      const round = patrolRound(
        {
          observedAt: at,
          cluster: { nodes: seen([object]), pods: seen(pods), statefulSets: seen([set]) },
          nodes: [{ name: 'n1', imageNames: {}, nodefs: [], facts }],
        },
        memory,
      )
      memory = round.memory
      return round.changes.map(({ kind }) => kind)
    })
    expect(states).toEqual([[], ['opened'], ['changed'], [], [], [], [], ['resolved']])
  })
})
