import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { loadConnection } from '../src/adapters/observe/kubernetes-api/kubeconfig/load-connection.ts'
import { connectToCluster } from '../src/adapters/observe/kubernetes-api/kubernetes-api.ts'
import { systemClock } from '../src/adapters/observe/kubernetes-api/system-clock.ts'
import { RESOURCE_NAMES } from '../src/core/kubernetes/resources.ts'
import type { ClusterApi } from '../src/core/observe/cluster-api.ts'
import { isFleetProcess, startFleetProcess } from './fleet-process.ts'

// How fast a fleet is read through the API, and how much of it stays in memory, beside kubectl.
const SIZE = { nodes: 500, pods: 15_000 }
const ROUNDS = 3

if (!(await isFleetProcess())) await measure()

async function measure() {
  const fleet = await startFleetProcess(new URL(import.meta.url), SIZE)
  try {
    console.log(`${SIZE.nodes} nodes and ${SIZE.pods} pods, served by another process over TLS on loopback.`)
    const world = { env: {}, home: homedir(), hasTerminal: false, clock: systemClock }
    const { connection } = await loadConnection({ kubeconfig: fleet.kubeconfig }, world)
    const { api } = await connectToCluster(connection, { clock: systemClock, random: Math.random })
    let listsMs = 0
    for (let round = 1; round <= ROUNDS; round++) listsMs = await readOnce(api, round)
    await api.close()
    const kubectlMs = await kubectl(fleet.kubeconfig)
    if (kubectlMs === undefined) console.log('kubectl is not installed: nothing to compare with')
    else {
      const ratio = (listsMs / kubectlMs).toFixed(2)
      console.log(`kubectl get … -A -o json takes ${seconds(kubectlMs)} for the same lists: ratio ${ratio}`)
    }
  } finally {
    await fleet.stop()
  }
}

/** Reads the whole fleet once, and says how that went; how long its lists took. */
async function readOnce(api: ClusterApi, round: number): Promise<number> {
  const begunAt = performance.now()
  const lists = await Promise.all(RESOURCE_NAMES.map((name) => api.list(name)))
  const listsMs = performance.now() - begunAt
  const nodes = lists[RESOURCE_NAMES.indexOf('nodes')]?.value?.objects ?? []
  const names = nodes.map(({ metadata }) => metadata.name)
  const asked = await Promise.all(names.flatMap((name) => [api.nodes.summary(name), api.nodes.configz(name)]))
  const askedMs = performance.now() - begunAt - listsMs
  const gaps = [...lists, ...asked].filter(({ gap }) => gap !== undefined).length
  const objects = lists.reduce((sum, list) => sum + (list.value?.objects.length ?? 0), 0)
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20)
  console.log(
    `round ${round}: ${objects} objects in ${seconds(listsMs)}, ${asked.length} answers of kubelets in ` +
      `${seconds(askedMs)}, ${gaps} gaps, RSS ${rss} MiB`,
  )
  return listsMs
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
