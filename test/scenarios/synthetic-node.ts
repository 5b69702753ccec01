import { kubernetesEventRecord } from '../../src/core/explain/frame/kubernetes-event.ts'
import { createFramer } from '../../src/core/explain/frame/framer.ts'
import { readFacts } from '../../src/core/explain/read-facts.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import { Event } from '../../src/core/kubernetes/event.ts'
import { KubeletConfiguration } from '../../src/core/kubernetes/kubelet-configuration.ts'
import { Node } from '../../src/core/kubernetes/node.ts'
import type { Pod } from '../../src/core/kubernetes/pod.ts'
import type { Observation, SummaryView } from '../../src/core/observe/observation.ts'
import { emptyMemory, type PatrolMemory } from '../../src/core/patrol/memory.ts'
import { patrolRound, type Round } from '../../src/core/patrol/round.ts'
import type { IncidentChange } from '../../src/core/tell/incident-change.ts'

const NODE = Node.parse({
  metadata: { name: 'n1' },
  status: { conditions: [{ type: 'DiskPressure', status: 'False' }] },
})
const CAPACITY = 1e9
const START = Date.UTC(2026, 0, 1)

/** What is new in a second: megabytes and inodes available, kubelet lines (`E message`), pods, a summary. */
export interface Second {
  available?: number
  /** On a disk of 1,000 MB that holds the images alone; its absence means there is none. */
  availableForImages?: number
  inodesFree?: number
  capacity?: number
  lines?: readonly string[]
  pods?: readonly Pod[]
  summary?: SummaryView
  /** Whether somebody sees that the Node's condition says nothing of DiskPressure; else nobody sees the Node. */
  isNodeSeen?: boolean
  /** An Evicted event. */
  evicted?: { name: string; uid: string; message: string }
}

/** A patrol of one made-up node of 1,000 MB, with the kubelet's default thresholds, fed second by second. */
export function syntheticNode() {
  let memory: PatrolMemory = emptyMemory
  let second = 0
  let last: Round | undefined
  const changes: IncidentChange[] = []
  const incidents = new Map<string, Incident>()

  function observe({
    available = 500,
    availableForImages,
    inodesFree = 900,
    capacity = CAPACITY,
    lines = [],
    pods,
    summary,
    isNodeSeen = true,
    evicted,
  }: Second): Observation {
    const at = START + second * 1000
    const part = <T>(value: T) => ({ value, source: 'test', observedAt: at })
    const time = new Date(at).toISOString()
    const header = `${time.slice(5, 7)}${time.slice(8, 10)} ${time.slice(11, 19)}.500000 1 file.go:1]`
    const framer = createFramer({ file: 'kubelet.log', year: 2026, node: 'n1' })
    const records = [
      ...lines.flatMap((line) => framer.push(`${line[0]}${header} ${line.slice(2)}`)),
      ...framer.end(),
    ]
    return {
      observedAt: at + 999,
      cluster: {
        ...(pods ? { pods: part(pods) } : {}),
        ...(isNodeSeen ? { nodes: part([NODE]) } : {}),
      },
      nodes: [
        {
          name: 'n1',
          containerRuntimeVersion: 'containerd://1.6.20',
          kubeletConfiguration: part(
            KubeletConfiguration.parse({
              evictionHard: {
                'nodefs.available': '10%',
                'imagefs.available': '15%',
                'nodefs.inodesFree': '5%',
              },
            }),
          ),
          ...(summary ? { summary: part(summary) } : {}),
          imageNames: {},
          nodefs: [reading(at, capacity, available, inodesFree)],
          ...(availableForImages === undefined
            ? {}
            : { imagefs: [reading(at, CAPACITY, availableForImages, 900)] }),
          facts: [...records, ...(evicted ? [evictedRecord(evicted, time)] : [])].flatMap(readFacts),
        },
      ],
    }
  }

  return {
    changes,
    /** Goes on by so many seconds of the same. */
    pass(what: Second, seconds = 1) {
      for (let passed = 0; passed < seconds; passed++, second++) {
        last = patrolRound(observe(passed === 0 ? what : { ...what, lines: [] }), memory)
        memory = last.memory
        changes.push(...last.changes)
        for (const incident of last.incidents) incidents.set(incident.id, incident)
      }
    },
    /** Steps the node's clock, back where it is negative. */
    stepClock(seconds: number) {
      second += seconds
    },
    incidents: () => [...incidents.values()],
    findings: () => last?.findings.map(({ id }) => id) ?? [],
  }
}

const reading = (at: number, capacityBytes: number, megabytes: number, inodesFree: number) => ({
  at,
  capacityBytes,
  availableBytes: megabytes * 1e6,
  usedBytes: CAPACITY - megabytes * 1e6,
  inodes: 1000,
  inodesFree,
})

function evictedRecord({ name, uid, message }: NonNullable<Second['evicted']>, at: string) {
  const event = Event.parse({
    metadata: { name: 'e' },
    reason: 'Evicted',
    message,
    involvedObject: { kind: 'Pod', namespace: 'default', name, uid },
    firstTimestamp: at,
  })
  return kubernetesEventRecord(event, { file: 'events', line: 1, node: 'n1' })
}

/** A running or pending pod of the made-up node. */
export function pod(name: string, phase: 'Running' | 'Pending', uid: string): Pod {
  return {
    metadata: { name, namespace: 'default', uid },
    spec: { nodeName: 'n1', containers: [], volumes: [] },
    status: { phase, containerStatuses: [] },
  }
}
