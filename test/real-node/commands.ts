import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { parseQuantity } from '../../src/core/units/quantity.ts'
import { bringUp, prepare, type Guarded } from './bed/bring-up.ts'
import { kubeconfigOf } from './bed/guardian.ts'
import { isBuilt, unfitBecause } from './bed/machine.ts'
import { isUp, namesOfNodes, readState, stateDirectory } from './bed/node-state.ts'
import type { Order } from './bed/order.ts'
import { placesOf, type Places } from './bed/places.ts'
import { takeDown } from './bed/release-node.ts'
import { imagesOf, readScenario } from './bed/scenario.ts'

export interface Options {
  size: string
  name?: string | undefined
  cache?: string | undefined
  record?: string | undefined
  keep: boolean
  foreground: boolean
  all: boolean
}

const DEFAULT_NAME = 'default'
/** What a node holds that plays no scenario. */
const SOME_IMAGES = ['app1', 'app2']
const LEAST_DISK_BYTES = 512 * 1024 * 1024

// npm runs in the repository's root.
const SCENARIOS = path.resolve('test/real-node/scenarios')

const tell = (what: string) => console.log(`# ${what}`)

/** Brings a node up and says how to use it. */
export async function up(options: Options): Promise<void> {
  const places = placesOf(options.cache)
  const order: Order = {
    name: options.name ?? DEFAULT_NAME,
    diskBytes: diskBytes(options.size),
    places,
    images: SOME_IMAGES,
    keep: true,
  }
  await prepare(places, tell)
  const node = await bringUp(order, tell)
  introduce(places, order.name)
  await leave(node, options.foreground)
}

/** Plays a scenario and says where its recording is. */
export async function play(scenario: string, options: Options): Promise<void> {
  const places = placesOf(options.cache)
  const file = scenarioFile(scenario)
  if (!existsSync(file)) {
    throw new Error(`no scenario "${scenario}"; there are ${scenarioNames().join(', ')}`)
  }
  const recording = path.resolve(
    process.env['INIT_CWD'] ?? '.',
    options.record ?? path.join(places.recordings, scenario),
  )
  const order: Order = {
    name: options.name ?? scenario,
    diskBytes: diskBytes(options.size),
    places,
    images: imagesOf(readScenario(file)),
    scenario: { file, recording },
    keep: options.keep,
  }
  await prepare(places, tell)
  emptyDirectory(recording, options.record !== undefined)
  const node = await bringUp(order, tell)
  console.log(`recorded in ${recording}`)
  if (!options.keep) return node.ended
  introduce(places, order.name)
  await leave(node, options.foreground)
}

/** Takes nodes down, whoever brought them up and whatever became of that. */
export async function down(options: Options): Promise<void> {
  const { nodes } = placesOf(options.cache)
  const names = options.all ? namesOfNodes(nodes) : [options.name ?? DEFAULT_NAME]
  for (const name of names) {
    const state = readState(nodes, name)
    if (state) {
      await takeDown(nodes, state)
      tell(`${name} is down; nothing of it is left`)
    } else if (existsSync(stateDirectory(nodes, name))) {
      rmSync(stateDirectory(nodes, name), { recursive: true })
    } else {
      tell(`no node named "${name}" is up`)
    }
  }
}

/** Lists scenarios and nodes. */
export async function list(options: Options): Promise<void> {
  for (const name of scenarioNames()) {
    console.log(`${name.padEnd(24)} ${readScenario(scenarioFile(name)).summary}`)
  }
  const { nodes } = placesOf(options.cache)
  for (const name of namesOfNodes(nodes)) {
    const how = isUp(readState(nodes, name)) ? `up, ${kubeconfigOf(nodes, name)}` : 'killed; `down` tidies up'
    console.log(`node ${name}: ${how}`)
  }
}

/**
 * Runs the tests that need a real node.
 * @param orSkip where they cannot run at once, say so, and why, and be content
 */
export async function test(named: readonly string[], orSkip: boolean): Promise<void> {
  const places = placesOf()
  const why =
    unfitBecause() ?? (isBuilt(places) ? undefined : `Kubernetes is not built in ${places.binaries}`)
  if (orSkip && why !== undefined) {
    console.log(`Not tested on a real node: ${why}. See docs/real-node.md.`)
    return
  }
  await prepare(places, tell)
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/real-node/vitest.config.ts']
  const { status } = spawnSync(process.execPath, [...vitest, ...named], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}

/** Where a scenario is written. */
export const scenarioFile = (name: string): string => path.join(SCENARIOS, `${name}.yaml`)

/** Every scenario there is. */
export const scenarioNames = (): string[] =>
  readdirSync(SCENARIOS)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => path.basename(file, '.yaml'))

function introduce({ nodes }: Places, name: string): void {
  const kubeconfig = kubeconfigOf(nodes, name)
  const { ports } = readState(nodes, name) ?? {}
  tell(`node "${name}" is ready; the kubelet itself listens on 127.0.0.1:${ports?.kubelet}`)
  tell(`the container runtime: unix://${path.join(stateDirectory(nodes, name), 'containerd.sock')}`)
  console.log(`export KUBECONFIG=${kubeconfig}`)
  console.log(`export KUBEPATROL_TEST_KUBECONFIG=${kubeconfig}`)
}

/** Leaves a node to its guardian, or stays with it; then this process' end is the node's end. */
async function leave(node: Guarded, foreground: boolean): Promise<void> {
  if (!foreground) return node.letGo()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => node.end())
  await node.ended
}

function diskBytes(size: string): number {
  const bytes = parseQuantity(size)
  if (bytes !== undefined && bytes >= LEAST_DISK_BYTES) return bytes
  throw new Error(`--size ${size}: a node needs a quantity of at least 512Mi`)
}

/** A folder of somebody's is never emptied for a recording. */
function emptyDirectory(directory: string, somebodys: boolean): void {
  if (!somebodys) rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  if (readdirSync(directory).length > 0) throw new Error(`${directory} is not empty`)
}
