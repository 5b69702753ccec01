import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { loadConnection } from '../src/adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import { listedObjects, watchedObjects } from '../src/adapters/observe/cluster/cluster-objects.ts'
import { clusterSource } from '../src/adapters/observe/cluster/cluster-source.ts'
import { connectToCluster } from '../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../src/adapters/observe/kubernetes-api/system-clock.ts'
import { fleet } from '../src/apps/lab/scenarios/fleet.ts'
import { startLab } from '../src/apps/lab/start-lab.ts'
import type { Scenario } from '../src/apps/lab/world/scenario.ts'
import { RESOURCE_NAMES } from '../src/core/kubernetes/resources.ts'
import { emptyMemory } from '../src/core/patrol/memory.ts'
import { patrolRound } from '../src/core/patrol/round.ts'
import { isFleetProcess, startFleetProcess } from './fleet-process.ts'

// How much memory the lab takes with the largest cluster there is, while all of it is listed and watched; and a scan of
// that cluster beside kubectl, which only lists the same objects.
const SIZE = { nodes: 5000, pods: 150_000 }
const MOST_LAB_MIB = 2048
const WATCHERS = 3

if (!(await isFleetProcess(serveLab))) await measure()

async function serveLab({ nodes, pods }: typeof SIZE) {
  const scenario: Scenario = {
    id: 'fleet-of-the-bench',
    summary: { en: '', 'zh-CN': '' },
    kubernetesVersion: 'v1.28.4',
    ...fleet({ nodes, podsPerNode: pods / nodes }),
    seconds: 60,
    speed: 1,
  }
  return startLab(scenario, { speed: 1, port: 0, clock: systemClock })
}

async function measure() {
  const begunAt = performance.now()
  const lab = await startFleetProcess(new URL(import.meta.url), SIZE)
  try {
    const told = async (what: string) => {
      const { now, most } = await lab.rss()
      console.log(`${what}: RSS of the lab ${mib(now)}, at most ${mib(most)} so far`)
      return most
    }
    console.log(
      `${SIZE.nodes} nodes and ${SIZE.pods} pods in the lab after ${seconds(performance.now() - begunAt)}.`,
    )
    await told('made')
    const kubectlMs = await kubectl(lab.kubeconfig)
    await told('listed by kubectl')
    const world = { env: {}, home: homedir(), hasTerminal: false, clock: systemClock }
    const { connection } = await loadConnection({ kubeconfig: lab.kubeconfig }, world)
    const connect = () => connectToCluster(connection, { clock: systemClock, random: Math.random })

    const { api } = await connect()
    const scanAt = performance.now()
    const observation = await clusterSource(api, listedObjects(api)).observe(Date.now())
    const { findings } = patrolRound(observation, emptyMemory)
    const scanMs = performance.now() - scanAt
    const scanMib = process.resourceUsage().maxRSS / 1024
    await api.close()
    console.log(
      `scan: ${seconds(scanMs)}, its own RSS at most ${mib(scanMib)}; ${observation.gaps?.length ?? 0} gaps, ${findings.length} findings`,
    )
    if (kubectlMs === undefined) console.log('kubectl is not installed: nothing to compare with')
    else {
      console.log(
        `kubectl get … -A -o json takes ${seconds(kubectlMs)} to list the same: ratio ${(scanMs / kubectlMs).toFixed(2)}`,
      )
    }
    await told('scanned')

    const watching = await connect()
    const watchers = Array.from({ length: WATCHERS }, () => watchedObjects(watching.api))
    for (const one of watchers) {
      await one.read(Date.now())
      one.stop()
    }
    const most = await told(`listed by pages and watched by ${WATCHERS}, one after another`)
    await watching.api.close()
    console.log(`the lab takes at most ${mib(most)} (at most ${mib(MOST_LAB_MIB)})`)
    if (most > MOST_LAB_MIB) process.exitCode = 1
  } finally {
    await lab.stop()
  }
}

/** The time kubectl takes for the same lists; undefined where there is none. */
async function kubectl(kubeconfig: string): Promise<number | undefined> {
  const begunAt = performance.now()
  const child = spawn(
    'kubectl',
    ['--kubeconfig', kubeconfig, 'get', RESOURCE_NAMES.join(','), '-A', '-o', 'json'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const failed = new Promise<boolean>((resolve) => child.once('error', () => resolve(true)))
  const ended = once(child, 'exit').then(([status]) => status !== 0)
  return (await Promise.race([failed, ended])) ? undefined : performance.now() - begunAt
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
function mib(figure: number): string {
  return `${Math.round(figure)} MiB`
}
