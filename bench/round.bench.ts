import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { garbageCollector } from '../src/apps/collect-garbage.ts'
import { loadConnection } from '../src/adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import {
  listedObjects,
  watchedObjects,
  type ClusterObjects,
} from '../src/adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../src/adapters/observe/cluster/cluster-source.ts'
import { connectToCluster } from '../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../src/adapters/observe/kubernetes-api/system-clock.ts'
import { RESOURCE_NAMES } from '../src/core/kubernetes/resources.ts'
import type { ClusterApi } from '../src/core/observe/cluster-api.ts'
import { emptyMemory } from '../src/core/patrol/memory.ts'
import { patrolRound } from '../src/core/patrol/round.ts'
import { isFleetProcess, startFleetProcess } from './fleet-process.ts'

// How long a round of the patrol of a fleet takes, and how much memory: with lists as `scan` has them, and with watches
// as `serve` does; beside kubectl, which only lists the same objects.
const SIZE = { nodes: 500, pods: 15_000 }
const ROUNDS = 12
const MOST_ROUND_MS = 5000
const MOST_RSS_MIB = 400

if (!(await isFleetProcess())) await measure()

async function measure() {
  const fleet = await startFleetProcess(new URL(import.meta.url), SIZE)
  try {
    console.log(`${SIZE.nodes} nodes and ${SIZE.pods} pods, served by another process over TLS on loopback.`)
    const world = { env: {}, home: homedir(), hasTerminal: false, clock: systemClock }
    const { connection } = await loadConnection({ kubeconfig: fleet.kubeconfig }, world)
    const connect = () => connectToCluster(connection, { clock: systemClock, random: Math.random })
    const watched = await connect()
    const objects = watchedObjects(watched.api)
    const serveMs = await rounds('watch', watched.api, objects, ROUNDS)
    objects.stop()
    await watched.api.close()
    const rss = Math.round(process.resourceUsage().maxRSS / 1024)
    const listed = await connect()
    const scanMs = await rounds('list', listed.api, listedObjects(listed.api), 1)
    await listed.api.close()
    const isGood = Math.max(scanMs, serveMs) <= MOST_ROUND_MS && rss <= MOST_RSS_MIB
    console.log(
      `worst round ${seconds(Math.max(scanMs, serveMs))} (at most ${seconds(MOST_ROUND_MS)}), largest RSS while watching ${rss} MiB (at most ${MOST_RSS_MIB})`,
    )
    if (!isGood) process.exitCode = 1
    const kubectlMs = await kubectl(fleet.kubeconfig)
    if (kubectlMs === undefined) console.log('kubectl is not installed: nothing to compare with')
    else {
      const ratio = (scanMs / kubectlMs).toFixed(2)
      console.log(`kubectl get … -A -o json takes ${seconds(kubectlMs)} to list the same: ratio ${ratio}`)
    }
  } finally {
    await fleet.stop()
  }
}

/** Whole rounds, one after another: observe, detect, find incidents. @returns what the longest took */
async function rounds(how: string, api: ClusterApi, objects: ClusterObjects, count: number): Promise<number> {
  const source = clusterSource(api, objects)
  let memory = emptyMemory
  const collect = garbageCollector()
  let worst = 0
  for (let number = 1; number <= count; number++) {
    const begunAt = performance.now()
    const observation = await source.observe(Date.now())
    const observedMs = performance.now() - begunAt
    const round = patrolRound(observation, memory)
    memory = round.memory
    // As `serve` does when a round is over; its time counts here.
    collect()
    const ms = performance.now() - begunAt
    worst = Math.max(worst, ms)
    const rss = Math.round(process.memoryUsage().rss / 2 ** 20)
    console.log(
      `${how} round ${number}: ${seconds(ms)}, of which ${seconds(observedMs)} to observe; ${observation.gaps?.length ?? 0} gaps, ${round.findings.length} findings, RSS ${rss} MiB`,
    )
  }
  return worst
}

/** The time kubectl takes for the same lists; undefined where there is none. */
async function kubectl(kubeconfig: string): Promise<number | undefined> {
  const begunAt = performance.now()
  const child = spawn(
    'kubectl',
    ['--kubeconfig', kubeconfig, 'get', RESOURCE_NAMES.join(','), '-A', '-o', 'json'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const failed = new Promise<boolean>((resolve) => child.once('error', () => resolve(true)))
  const ended = once(child, 'exit').then(([status]) => status !== 0)
  return (await Promise.race([failed, ended])) ? undefined : performance.now() - begunAt
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
