import { DescribedNode } from '../src/core/forecast/described/described-node.ts'
import { simulateNode } from '../src/core/forecast/described/simulate-node.ts'
import { forecastNode } from '../src/core/forecast/node-forecast.ts'
import { busyNode, fleet } from './made-up-nodes.ts'

// What a day of one node costs to simulate, and a round of forecasts for a fleet of 5,000 nodes.

const MOST_NODE_MS = 20
const MOST_FLEET_S = 30
const NODES = 5000
const PODS = 200
const IMAGES = 300

function milliseconds(work: () => unknown): number {
  const begunAt = performance.now()
  work()
  return performance.now() - begunAt
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN
}

const missed: string[] = []
for (const [name, megabytesPerSecond] of [
  ['quiet', 0],
  ['filled within the day', 2],
  ['filled at once', 200],
] as const) {
  const node = DescribedNode.parse(busyNode({ pods: PODS, images: IMAGES, megabytesPerSecond }))
  const actions = simulateNode(node)?.length ?? 0
  const runs = Array.from({ length: 25 }, () => milliseconds(() => simulateNode(node)))
  const median = quantile(runs, 0.5)
  console.log(
    `24 h of a node with ${PODS} pods and ${IMAGES} images, ${name}: median ${median.toFixed(1)} ms, p90 ${quantile(runs, 0.9).toFixed(1)} ms (${actions} actions)`,
  )
  if (median > MOST_NODE_MS) missed.push(`24 h of one node, ${name}, took more than ${MOST_NODE_MS} ms`)
}

for (const growingShare of [0.02, 0.2]) {
  const views = fleet({ nodes: NODES, pods: 30, images: 40, growingShare })
  let simulated = 0
  const took = milliseconds(() => {
    for (const view of views) if (forecastNode(view).actions.length > 0) simulated++
  })
  console.log(
    `a round of forecasts for ${NODES} nodes of 30 pods, ${simulated} of which will act: ${(took / 1000).toFixed(1)} s on one core`,
  )
  if (took > MOST_FLEET_S * 1000) missed.push(`the fleet took more than ${MOST_FLEET_S} s`)
}

for (const line of missed) console.error(`missed: ${line}`)
if (missed.length > 0) process.exitCode = 1
