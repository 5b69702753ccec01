import { DescribedNode } from '../src/core/forecast/described/described-node.ts'
import { simulateNode } from '../src/core/forecast/described/simulate-node.ts'
import type { SimulatedAction } from '../src/core/forecast/simulation/action.ts'
import { forecastNode } from '../src/core/forecast/node-forecast.ts'
import { busyNode, fleet } from './made-up-nodes.ts'

// What a day of one node costs to simulate, and a round of forecasts for a fleet of 5,000 nodes.

const MOST_NODE_MS = 20
const MOST_FLEET_S = 30
const CORES = 2
const NODES = 5000
const PODS = 200
const IMAGES = 300

/** Processor time of this process, so that what else the machine does counts little. */
function milliseconds(work: () => unknown): number {
  const begun = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN
}

/** So many days are played before any is measured: a controller that has run for a minute has its code compiled. */
const WARM_UP = 100

const missed: string[] = []
for (const [name, growth] of [
  ['nothing grows', {}],
  ['a pod fills the disk and is evicted', { podMegabytesPerSecond: 5 }],
  ['what belongs to no pod fills it, so that pod after pod is evicted', { megabytesPerSecond: 2 }],
] as const) {
  const node = DescribedNode.parse(busyNode({ pods: PODS, images: IMAGES, ...growth }))
  let actions: SimulatedAction[] = []
  const first = milliseconds(() => (actions = simulateNode(node) ?? []))
  const evicted = actions.filter(({ kind }) => kind === 'evict-pod').length
  for (let run = 0; run < WARM_UP; run++) simulateNode(node)
  const runs = Array.from({ length: 25 }, () => milliseconds(() => simulateNode(node)))
  const median = quantile(runs, 0.5)
  console.log(
    `24 h of a node with ${PODS} pods and ${IMAGES} images, ${name}: first ${first.toFixed(0)} ms, then least ${Math.min(...runs).toFixed(1)} ms, median ${median.toFixed(1)} ms, p90 ${quantile(runs, 0.9).toFixed(1)} ms (${actions.length} actions, ${evicted} evictions)`,
  )
  if (median > MOST_NODE_MS) missed.push(`24 h of one node, ${name}: more than ${MOST_NODE_MS} ms`)
}

for (const growingShare of [0.02, 0.2]) {
  const views = fleet({ nodes: NODES, pods: 30, images: 40, growingShare })
  let simulated = 0
  const took = milliseconds(() => {
    for (const view of views) if (forecastNode(view).actions.length > 0) simulated++
  })
  console.log(
    `a round of forecasts for ${NODES} nodes of 30 pods, ${simulated} of which will act: ${(took / 1000).toFixed(1)} s of processor time`,
  )
  if (took > CORES * MOST_FLEET_S * 1000)
    missed.push(`the fleet took more than ${MOST_FLEET_S} s on ${CORES} cores`)
}

for (const line of missed) console.error(`missed: ${line}`)
if (missed.length > 0) process.exitCode = 1
