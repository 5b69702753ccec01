import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { openSqliteStore } from '../../src/adapters/keep/sqlite/sqlite-incident-store.ts'
import type { Incident } from '../../src/core/incident/incident.ts'
import type { PatrolProcess } from './patrol-process.ts'

/** What a receiver took, in order. */
interface Taken {
  key: string
  thread: string
  body: string
  covers: readonly string[]
}

/** How a run of kills went. */
export interface KillReport {
  kills: number
  incidents: number
  changes: number
  requests: number
  duplicates: number
  /** What must never be: each a sentence. */
  faults: string[]
}

const MOST_CHANGES = 9000

/** Starts the patrol again and again, kills it at moments of chance, and compares what was found with what arrived. */
export async function killRun(kills: number, chance: () => number): Promise<KillReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-kill-'))
  const program = await bundle(folder)
  const receivers = {
    steady: await receiver(() => 200),
    shaky: await receiver(() => (chance() < 0.3 ? 503 : 200)),
  }
  const store = path.join(folder, 'store.db')
  const options: PatrolProcess = {
    store,
    channels: { steady: receivers.steady.url, shaky: receivers.shaky.url },
    nodes: 12,
    roundMs: 20,
    // More than a second: an incident is named by the second in which it began.
    periodMs: 1200,
    quietFor: 0,
  }
  const faults: string[] = []
  const open = new Map<string, Incident>()
  for (let killed = 0; killed < kills; killed++) {
    const child = await start(program, options)
    await sleep(chance() * 300)
    child.kill('SIGKILL')
    await once(child, 'exit')
    faults.push(...(await lost(store, open)))
  }
  const last = await start(program, options)
  await sleep(500)
  last.kill('SIGTERM')
  await once(last, 'exit')
  faults.push(...(await lost(store, open)))
  const report = await compare(store, receivers, faults)
  for (const { close } of Object.values(receivers)) await close()
  await rm(folder, { recursive: true })
  return { ...report, kills }
}

async function bundle(folder: string): Promise<string> {
  const outfile = path.join(folder, 'patrol.mjs')
  const alias = { libsql: path.resolve('node_modules/libsql/index.js') }
  const banner = {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  }
  await build({
    entryPoints: ['test/keep-and-tell/patrol-process.ts'],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    alias,
    external: [alias.libsql],
    banner,
    logLevel: 'warning',
  })
  return outfile
}

async function start(program: string, options: PatrolProcess): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
  return child
}

/** Incidents that were open and are neither open nor over now. Remembers those that are open. */
async function lost(file: string, open: Map<string, Incident>): Promise<string[]> {
  const store = await openSqliteStore(file)
  const now = new Map((await store.listIncidents()).map((incident) => [incident.id, incident]))
  await store.close()
  const faults = [...open.keys()].filter((id) => !now.has(id)).map((id) => `the incident ${id} is lost`)
  open.clear()
  const byTrouble = new Map<string, string>()
  for (const incident of now.values()) {
    if (incident.state === 'resolved') continue
    open.set(incident.id, incident)
    const trouble = `${incident.cause.id} on ${incident.affected.nodes.join()}`
    const other = byTrouble.get(trouble)
    if (other !== undefined) faults.push(`${trouble} is open twice, as ${other} and ${incident.id}`)
    byTrouble.set(trouble, incident.id)
  }
  return faults
}

type Receivers = Readonly<Record<string, { taken: Taken[] }>>

async function compare(
  file: string,
  receivers: Receivers,
  faults: string[],
): Promise<Omit<KillReport, 'kills'>> {
  const store = await openSqliteStore(file)
  const changes = (await store.listChanges(MOST_CHANGES)).toReversed()
  const incidents = await store.listIncidents()
  const { waiting } = await store.restore()
  await store.close()
  faults.push(...waiting.map(({ channel, notice }) => `${channel}: ${notice.key} still waits`))
  let [requests, duplicates] = [0, 0]
  for (const [name, { taken }] of Object.entries(receivers)) {
    const told = new Set(taken.flatMap(({ key, covers }) => [key, ...covers]))
    const untold = changes.filter(({ key }) => !told.has(key))
    faults.push(...untold.map(({ key }) => `${name}: ${key} was never told`))
    const first = firstOf(taken)
    requests += taken.length
    duplicates += taken.length - first.length
    for (const { key, body } of taken)
      if (first.find((one) => one.key === key)?.body !== body)
        faults.push(`${name}: ${key} says something else`)
    const order = new Map(changes.map(({ key }, index) => [key, index]))
    const latest = new Map<string, number>()
    for (const { key, thread } of first) {
      const place = order.get(key) ?? -1
      if (place < (latest.get(thread) ?? -1)) faults.push(`${name}: ${key} came too late`)
      latest.set(thread, place)
    }
  }
  faults.push(...unexplained(changes, incidents))
  return { incidents: incidents.length, changes: changes.length, requests, duplicates, faults }
}

/** Every incident is opened before anything else is said of it, and once; what is over was said to be over. */
function unexplained(
  changes: readonly { kind: string; incident: Incident }[],
  incidents: readonly Incident[],
): string[] {
  return incidents.flatMap(({ id, state }) => {
    const kinds = changes.filter(({ incident }) => incident.id === id).map(({ kind }) => kind)
    const opened = kinds.filter((kind) => kind === 'opened').length
    const isWhole =
      kinds[0] === 'opened' && opened === 1 && kinds.includes('resolved') === (state === 'resolved')
    return isWhole ? [] : [`the incident ${id} (${state}) was told as ${kinds.join(', ')}`]
  })
}

function firstOf(taken: readonly Taken[]): Taken[] {
  const seen = new Set<string>()
  return taken.filter(({ key }) => !seen.has(key) && seen.add(key))
}

/** A webhook that remembers what it took. */
async function receiver(status: () => number) {
  const taken: Taken[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      const answer = status()
      const { key, thread, covers } = JSON.parse(body) as Taken
      if (answer === 200) taken.push({ key, thread, covers, body })
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  return { taken, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
