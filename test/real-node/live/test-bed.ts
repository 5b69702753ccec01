import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { cgroupOf } from '../bed/inside.ts'
import { readState, type NodeState } from '../bed/node-state.ts'
import { isRunning, processesIn } from '../bed/process-identity.ts'

/** The test bed as a user runs it, with a place of its own for the states of its nodes. */
export interface TestBed {
  /** Runs a command to its end. */
  run(...args: string[]): Promise<Ended>
  /** Starts a command; `said` is fulfilled when it prints such a line. */
  start(...args: string[]): { child: ChildProcess; said(line: RegExp): Promise<void>; ended: Promise<Ended> }
  state(name: string): NodeState | undefined
  /** What is there of a node: by kind, empty where there is nothing. */
  traces(name: string, state: NodeState | undefined): Record<string, unknown>
  remove(): void
}

export interface Ended {
  status: number | null
  output: string
}

export const NOTHING = { processes: [], guardian: false, disks: [], mounts: [], cgroups: [], state: [] }

export function testBed(): TestBed {
  const home = mkdtempSync(path.join(tmpdir(), 'real-node-test-'))
  const nodes = path.join(home, 'kubepatrol/real-node')
  const start: TestBed['start'] = (...args) => {
    const child = spawn(process.execPath, ['scripts/real-node.mjs', ...args], {
      env: { ...process.env, XDG_STATE_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const lines: string[] = []
    const waiting = new Set<() => void>()
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        for (const look of waiting) look()
      })
    }
    const ended = new Promise<Ended>((resolve) =>
      child.once('close', (status) => resolve({ status, output: lines.join('\n') })),
    )
    const said = (wanted: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (lines.some((line) => wanted.test(line))) resolve()
        }
        waiting.add(look)
        void ended.then(({ output }) => reject(new Error(`it ended before it said ${wanted}:\n${output}`)))
        look()
      })
    return { child, said, ended }
  }
  return {
    start,
    run: (...args) => start(...args).ended,
    state: (name) => readState(nodes, name),
    traces: (name, state) => ({
      processes: state?.pidNamespace === undefined ? [] : processesIn(state.pidNamespace),
      guardian: state !== undefined && isRunning(state.guardian),
      disks: loopFiles().filter((file) => file.startsWith(home)),
      mounts: readFileSync('/proc/self/mounts', 'utf8')
        .split('\n')
        .filter((line) => line.includes(home)),
      cgroups: cgroupFolders(cgroupOf(name)),
      state: existsSync(home) ? readdirSync(home) : [],
    }),
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

/** The files behind the loop devices of this machine. */
function loopFiles(): string[] {
  return readdirSync('/sys/block').flatMap((device) => {
    const file = `/sys/block/${device}/loop/backing_file`
    return existsSync(file) ? [readFileSync(file, 'utf8').trim()] : []
  })
}

function cgroupFolders(name: string): string[] {
  const root = '/sys/fs/cgroup'
  return ['.', ...readdirSync(root)]
    .map((hierarchy) => path.join(root, hierarchy, name))
    .filter((directory) => existsSync(directory))
}
