import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'

export const program = path.resolve('dist/kubepatrol.js')

/** The built program as a process of its own. */
export interface RunningProgram {
  /** All that it has printed so far, line by line. */
  lines: readonly string[]
  /** Fulfilled when a line of this kind is printed, after so many lines. */
  printed(line: RegExp, after?: number): Promise<string>
  /** @returns the exit status */
  stop(): Promise<number | null>
}

/** Starts it as a user does, without a terminal and with standard input closed. */
export function startProgram(args: readonly string[], env: NodeJS.ProcessEnv = process.env): RunningProgram {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const wake of waiting) wake()
    })
  }
  const printed = (wanted: RegExp, after = 0) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.slice(after).find((line) => wanted.test(line))
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      void exited.then(() => reject(new Error(`it ended before it printed ${wanted}:\n${lines.join('\n')}`)))
      look()
    })
  return {
    lines,
    printed,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
