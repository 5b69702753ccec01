import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeAuthority } from '../../../src/apps/lab/api/certificates.ts'
import type { AgentRound } from '../../../src/core/observe/agents/agent-round.ts'
import { createAgentServer } from '../../../src/http/agent-server.ts'
import { INSIDE, NODE_NAME } from '../bed/places.ts'
import { processesIn } from '../bed/process-identity.ts'
import { until } from '../bed/until.ts'
import type { LiveNode } from './live-node.ts'

const EVERY_SECONDS = 2

/** The built agent on a real node, and what it hands over. */
export interface WatchingAgent {
  /** Every round so far, each once. */
  rounds: readonly AgentRound[]
  /** What it printed. */
  output(): string
  /** The first round from now on that is so. @throws {Error} with its output when none is in time */
  round(what: string, isSo: (round: AgentRound) => boolean, seconds?: number): Promise<AgentRound>
  /** @returns its exit status */
  stop(): Promise<number | null>
}

/** A process of the node, by the beginning of its command line; as this machine numbers it. */
export function processOf(node: LiveNode, program: RegExp): number {
  const namespace = node.bed.state(node.name)?.pidNamespace
  const found = (namespace ? processesIn(namespace) : []).find((pid) => {
    try {
      return program.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' '))
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error(`no process ${program} on the node`)
  return found
}

/** Words that run a command as a process of the node: with its files and its processes, and this machine's network. */
export const onNode = (node: LiveNode): [string, ...string[]] => [
  'nsenter',
  `--target=${processOf(node, /\/kubelet --config/)}`,
  '--mount',
  '--pid',
]

/** Starts the built agent on a node. */
export async function startAgentOn(
  node: LiveNode,
  { options = [], env = {} }: { options?: readonly string[]; env?: Record<string, string> } = {},
): Promise<WatchingAgent> {
  const authority = makeAuthority()
  const rounds: AgentRound[] = []
  const server = createAgentServer({
    ...authority.issue({ commonName: 'controller', hosts: ['127.0.0.1'] }),
    controller: { hand: async (round) => void rounds.push(round) },
    identities: { ofToken: async () => ({ node: NODE_NAME }) },
  })
  const port = await server.listen(0, '127.0.0.1')
  const inside = (name: string) => path.join(INSIDE.state, 'agent', name)
  const at = (name: string) => path.join(node.state, 'agent', name)
  mkdirSync(at('.'), { recursive: true })
  for (const part of ['dist', ...PACKAGES]) cpSync(part, at(part), { recursive: true })
  writeFileSync(at('package.json'), '{"type":"module"}')
  writeFileSync(at('token'), 'a.b.c\n')
  writeFileSync(at('ca.crt'), authority.certificate)
  const given = {
    'node-name': NODE_NAME,
    kubelet: `https://127.0.0.1:${node.bed.state(node.name)?.ports?.kubelet}`,
    kubeconfig: path.join(INSIDE.state, 'kubeconfig'),
    ...(options.some((option) => option.startsWith('--kubelet-log'))
      ? {}
      : { 'kubelet-log': path.join(INSIDE.state, 'logs/kubelet.log') }),
    interval: `${EVERY_SECONDS}s`,
    controller: `https://127.0.0.1:${port}`,
    'controller-token': inside('token'),
    'controller-ca': inside('ca.crt'),
  }
  const [program, ...words] = [
    ...onNode(node),
    'env',
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    process.execPath,
    inside('dist/kubepatrol.js'),
    'agent',
    '--no-registries',
    '--lang=en',
    ...Object.entries(given).map(([name, value]) => `--${name}=${value}`),
    ...options,
  ]
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    rounds,
    output: () => output,
    async round(what, isSo, seconds = 60) {
      const from = rounds.length
      return until(what, seconds, () => rounds.slice(from).find(isSo)).catch((failure: Error) => {
        const last = rounds.at(-1)
        throw new Error(`${failure.message}\n${output}\n${JSON.stringify(last?.gaps)}`, { cause: failure })
      })
    },
    async stop() {
      // A signal to nsenter would not reach what it runs.
      if (child.exitCode === null)
        process.kill(processOf(node, new RegExp(`agent --no-reg.*:${port} `)), 'SIGTERM')
      const status = await exited
      await server.close()
      return status
    },
  }
}

const PACKAGES = ['libsql', '@libsql', '@neon-rs', 'detect-libc'].map((name) => `node_modules/${name}`)
