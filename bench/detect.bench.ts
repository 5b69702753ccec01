import { runClusterDetector } from '../src/core/detect/cluster-detector.ts'
import { clusterDetectors } from '../src/core/detect/cluster-detectors/index.ts'
import { runDetector } from '../src/core/detect/detector.ts'
import { detectors } from '../src/core/detect/detectors/index.ts'
import type { Observation } from '../src/core/observe/observation.ts'
import { emptyMemory } from '../src/core/patrol/memory.ts'
import { patrolRound } from '../src/core/patrol/round.ts'
import { healthyCluster } from '../test/scenarios/healthy-cluster.ts'

// What all detectors cost beside taking in the observation, for 500 nodes and 15,000 pods; once as it should be, once
// with 1,000 pods of 100 workloads that fit nowhere, each held against every node.

const size = { nodes: 500, podsPerNode: 28, sets: 60 }
const RUNS = 5

for (const [name, observation] of [
  ['healthy', healthyCluster(size)],
  ['1,000 pods that fit nowhere', withUnplaceable(healthyCluster(size))],
] as const) {
  const { memory } = patrolRound(observation, emptyMemory)
  const views = Object.values(memory.nodes).map(({ view }) => view)
  const nodes = new Map(views.map((view) => [view.name, view]))
  const cluster = { observedAt: observation.observedAt, objects: observation.cluster, nodes, gaps: [] }
  const perDetector = [
    ...clusterDetectors.map(
      (detector) => [detector.id, () => runClusterDetector(detector, cluster)] as const,
    ),
    ...detectors.map(
      (detector) => [detector.id, () => views.flatMap((view) => runDetector(detector, view))] as const,
    ),
  ]
    .map(([id, run]) => ({ id, milliseconds: fastest(run) }))
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
  const all = perDetector.reduce((total, { milliseconds }) => total + milliseconds, 0)
  const round = fastest(() => patrolRound(observation, memory))
  console.log(
    `${name}: ${observation.cluster.pods?.value.length} pods, all detectors ${all.toFixed(0)} ms, ${((100 * all) / round).toFixed(0)} % of a round (${round.toFixed(0)} ms)`,
  )
  for (const { id, milliseconds } of perDetector.slice(0, 6)) {
    console.log(`  ${milliseconds.toFixed(1).padStart(7)} ms  ${id}`)
  }
}

function fastest(run: () => unknown): number {
  let best = Infinity
  for (let index = 0; index < RUNS; index++) {
    const start = performance.now()
    run()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

function withUnplaceable(observation: Observation): Observation {
  const { pods } = observation.cluster
  if (!pods) return observation
  const waiting = pods.value.slice(0, 1000).map((pod, index) => ({
    ...pod,
    metadata: {
      ...pod.metadata,
      name: `waiting-${index}`,
      ownerReferences: [{ kind: 'ReplicaSet', name: `big-${index % 100}`, uid: `big-${index % 100}` }],
    },
    spec: {
      containers: [{ name: 'main', resources: { requests: { cpu: '64' } } }],
      volumes: [],
    },
    status: { phase: 'Pending', containerStatuses: [] },
  }))
  const value = [...pods.value, ...waiting]
  return { ...observation, cluster: { ...observation.cluster, pods: { ...pods, value } } }
}
