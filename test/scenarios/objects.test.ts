import { describe, expect, it } from 'vitest'
import { kubernetesEventRecord } from '../../src/core/explain/frame/kubernetes-event.ts'
import { readFacts } from '../../src/core/explain/read-facts.ts'
import { Event } from '../../src/core/kubernetes/event.ts'
import { Node } from '../../src/core/kubernetes/node.ts'
import { PersistentVolumeClaim } from '../../src/core/kubernetes/persistent-volume-claim.ts'
import { Pod } from '../../src/core/kubernetes/pod.ts'
import type { Observation } from '../../src/core/observe/observation.ts'
import { emptyMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound } from '../../src/core/patrol/round.ts'
import { chainIds } from './play-recording.ts'

const START = Date.UTC(2026, 0, 1)

const node = (name: string, pressure: 'True' | 'False', since: number) =>
  Node.parse({
    metadata: { name },
    status: {
      conditions: [
        { type: 'DiskPressure', status: pressure, lastTransitionTime: new Date(START + since).toISOString() },
      ],
    },
  })

const pulling = (name: string, nodeName: string, phase = 'Pending') =>
  Pod.parse({
    metadata: { namespace: 'app', name, uid: `${name}-uid` },
    spec: { nodeName },
    status: {
      phase,
      containerStatuses: [
        {
          name: 'c',
          image: 'r.example/web:1',
          state:
            phase === 'Pending'
              ? { waiting: { reason: 'ErrImagePull', message: 'dial tcp 10.0.0.9:443: i/o timeout' } }
              : {},
        },
      ],
    },
  })

/** A patrol that sees objects only: no log, no event, no reading. */
function patrol() {
  let memory = emptyMemory
  let seconds = 0
  return (cluster: { nodes?: Node[]; pods?: Pod[]; claims?: PersistentVolumeClaim[] }) => {
    const at = START + 1000 * ++seconds
    const part = <T>(value: T) => ({ value, source: 'test', observedAt: at })
    const observation: Observation = {
      observedAt: at,
      cluster: {
        ...(cluster.nodes && { nodes: part(cluster.nodes) }),
        ...(cluster.pods && { pods: part(cluster.pods) }),
        ...(cluster.claims && { persistentVolumeClaims: part(cluster.claims) }),
      },
      nodes: (cluster.nodes ?? []).map(({ metadata }) => ({
        name: metadata.name,
        imageNames: {},
        nodefs: [],
        facts: [],
      })),
    }
    const round = patrolRound(observation, memory)
    memory = round.memory
    return round
  }
}

const kinds = (round: ReturnType<typeof patrolRound>) =>
  round.changes.map(({ kind, incident }) => `${kind} ${incident.cause.id}`)

describe('a patrol that sees objects alone', () => {
  it('tells of disk pressure while the condition is true, and of its end', () => {
    const look = patrol()
    expect(kinds(look({ nodes: [node('n1', 'False', -9000)] }))).toEqual([])
    const begun = look({ nodes: [node('n1', 'True', 1500)] })
    expect(kinds(begun)).toEqual(['opened disk-filled'])
    expect(begun.incidents[0]).toMatchObject({ severity: 'critical', affected: { nodes: ['n1'] } })
    expect(kinds(look({ nodes: [node('n1', 'True', 1500)] }))).toEqual([])
    const over = look({ nodes: [node('n1', 'False', 3500)] })
    expect(kinds(over)).toEqual(['resolved disk-filled'])
    expect(chainIds(over.incidents[0])).toEqual(['disk-pressure-condition', 'disk-pressure-cleared'])
    expect(kinds(look({ nodes: [node('n1', 'False', 3500)] }))).toEqual([])
  })

  it('tells of images that cannot be had, one incident a node, and that they are had again', () => {
    const look = patrol()
    const nodes = [node('n1', 'False', -9000), node('n2', 'False', -9000)]
    const begun = look({ nodes, pods: [pulling('a', 'n1'), pulling('b', 'n1'), pulling('c', 'n2')] })
    expect(kinds(begun)).toEqual(['opened registry-unreachable', 'opened registry-unreachable'])
    expect(begun.incidents.map(({ affected }) => affected.pods.length)).toEqual([2, 1])
    const pods = [pulling('a', 'n1', 'Running'), pulling('b', 'n1', 'Running'), pulling('c', 'n2')]
    expect(kinds(look({ nodes, pods }))).toEqual(['resolved registry-unreachable'])
  })

  it('takes nothing for over while it does not see the pods', () => {
    const look = patrol()
    const nodes = [node('n1', 'False', -9000)]
    look({ nodes, pods: [pulling('a', 'n1')] })
    expect(kinds(look({ nodes }))).toEqual([])
  })

  it('tells of a claim that does not go away, and that it went', () => {
    const look = patrol()
    const claim = PersistentVolumeClaim.parse({
      metadata: {
        namespace: 'log',
        name: 'data-es-0',
        deletionTimestamp: new Date(START - 600_000).toISOString(),
      },
      spec: {},
    })
    const begun = look({ claims: [claim] })
    expect(kinds(begun)).toEqual(['opened claim-blocked'])
    expect(begun.incidents[0]?.affected.volumes).toEqual(['log/data-es-0'])
    expect(kinds(look({ claims: [] }))).toEqual(['resolved claim-blocked'])
  })

  it('takes what a scheduler says of some node for no second node that is short', () => {
    const at = START + 1000
    const event = Event.parse({
      metadata: { namespace: 'log', name: 'es-0.1' },
      reason: 'FailedScheduling',
      message: '0/1 nodes are available: 1 node(s) had taint {node.kubernetes.io/disk-pressure: }',
      involvedObject: { kind: 'Pod', namespace: 'log', name: 'es-0' },
      firstTimestamp: new Date(at).toISOString(),
    })
    const facts = readFacts(kubernetesEventRecord(event, { file: 'events', line: 0, node: null }))
    expect(facts.map(({ id }) => id)).toContain('disk-pressure-condition')
    const observation: Observation = { observedAt: at, cluster: {}, nodes: [], facts }
    expect(patrolRound(observation, emptyMemory).incidents).toEqual([])
  })

  it('ends what it knew of a node that is gone', () => {
    const look = patrol()
    look({ nodes: [node('n1', 'True', 500), node('n2', 'False', -9000)] })
    const round = look({ nodes: [node('n2', 'False', -9000)] })
    expect(kinds(round)).toEqual(['resolved disk-filled'])
    expect(Object.keys(round.memory.nodes)).toEqual(['n2'])
  })
})
