import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startFakeApiServer } from '../test/fake-api-server/fake-api-server.ts'
import { populateFleet, type FleetSize } from '../test/fake-api-server/fleet.ts'
import { kubeconfigText } from '../src/apps/lab/api/kubeconfig-text.ts'

const FLAG = '--serve-fleet'

/** A fleet served by a process of its own, so that its memory and time are not those of who reads it. */
export interface FleetProcess {
  /** A file for kubepatrol and kubectl. */
  kubeconfig: string
  /** Its memory in MiB, now and at most. */
  rss(): Promise<{ now: number; most: number }>
  stop(): Promise<void>
}

/** Serves a fleet of a size. */
type ServeFleet = (size: FleetSize) => Promise<{ kubeconfig: string; close(): Promise<void> }>

/** In the process that serves: serves, and is true. A bench begins with this and ends there. */
export async function isFleetProcess(serve: ServeFleet = serveMadeUp): Promise<boolean> {
  const at = process.argv.indexOf(FLAG)
  if (at < 0) return false
  const server = await serve(JSON.parse(process.argv[at + 1] ?? '{}') as FleetSize)
  process.once('disconnect', () => void server.close())
  process.on('message', () =>
    process.send?.({
      now: process.memoryUsage().rss / 2 ** 20,
      most: process.resourceUsage().maxRSS / 1024,
    }),
  )
  process.send?.(server.kubeconfig)
  return true
}

/** By the API server of the tests. */
const serveMadeUp: ServeFleet = async (size) => {
  const server = await startFakeApiServer()
  populateFleet(server, size)
  return { kubeconfig: kubeconfigText(server), close: () => server.close() }
}

/** Starts a fleet from the bundle of a bench (`import.meta.url`) that begins with `isFleetProcess`. */
export async function startFleetProcess(bundle: URL, size: FleetSize): Promise<FleetProcess> {
  const child = fork(bundle, [FLAG, JSON.stringify(size)])
  const [text] = (await once(child, 'message')) as [string]
  const folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-fleet-'))
  const kubeconfig = path.join(folder, 'kubeconfig')
  await writeFile(kubeconfig, text, { mode: 0o600 })
  return {
    kubeconfig,
    async rss() {
      const answer = once(child, 'message')
      child.send('rss')
      const [rss] = (await answer) as [{ now: number; most: number }]
      return rss
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}
