import { readFileSync } from 'node:fs'
import path from 'node:path'
import { accessOf, asker } from '../../api-answers/asker.ts'
import type { Ask } from '../../api-answers/play.ts'
import { runProgram } from '../bed/run-program.ts'
import { testBed, type TestBed } from './test-bed.ts'

/** A node that a test brought up, and its cluster. */
export interface LiveNode {
  bed: TestBed
  name: string
  kubeconfig: string
  /** Where containerd's socket, the services' logs and the certificates are. */
  state: string
  ask: Ask
  /** What the API server answers to a GET. @throws {Error} unless it is 200 */
  get<T>(path: string): Promise<T>
  /** containerd's own client. */
  ctr(...args: string[]): Promise<string>
  down(): Promise<void>
}

/** Brings one up. @throws {Error} with what was printed when it does not come up */
export async function bringUpLive(kind: string, ...options: string[]): Promise<LiveNode> {
  const bed = testBed()
  const name = `${kind}-${process.pid}`
  const { output } = await bed.run('up', '--name', name, ...options)
  const kubeconfig = /^export KUBECONFIG=(.*)$/m.exec(output)?.[1]
  if (kubeconfig === undefined) {
    bed.remove()
    throw new Error(output)
  }
  const { ask, close } = asker(accessOf(readFileSync(kubeconfig, 'utf8')))
  const state = path.dirname(kubeconfig)
  return {
    bed,
    name,
    kubeconfig,
    state,
    ask,
    async get<T>(asked: string) {
      const { status, text } = await ask({ method: 'GET', path: asked, headers: {}, body: undefined })
      if (status !== 200) throw new Error(`GET ${asked}: ${status} ${text.slice(0, 300)}`)
      return (text.startsWith('{') ? JSON.parse(text) : text) as T
    },
    ctr: (...args) =>
      runProgram('ctr', ['--address', path.join(state, 'containerd.sock'), '--namespace', 'k8s.io', ...args]),
    async down() {
      close()
      await bed.run('down', '--name', name)
      bed.remove()
    },
  }
}
