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
  stop(): Promise<void>
}

/** In the process that serves: serves, and is true. A bench begins with this and ends there. */
export async function isFleetProcess(): Promise<boolean> {
  const at = process.argv.indexOf(FLAG)
  if (at < 0) return false
  const server = await startFakeApiServer()
  populateFleet(server, JSON.parse(process.argv[at + 1] ?? '{}') as FleetSize)
  process.once('disconnect', () => void server.close())
  process.send?.(kubeconfigText(server))
  return true
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
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}
