import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'

export const program = path.resolve('dist/kubepatrol.js')

/** A `kubepatrol serve` of its own process, as a user starts it. */
export interface RunningServer {
  url: string
  token: string
  port: number
  /** All that it has printed so far, line by line. */
  lines: readonly string[]
  /** Fulfilled when a line of this kind is printed. */
  printed(line: RegExp): Promise<string>
  /** @returns the exit status */
  stop(): Promise<number | null>
}

/** Starts the built program on a recording, without a terminal and with standard input closed. */
export async function startServer(recording: string, ...options: string[]): Promise<RunningServer> {
  const child = spawn(
    process.execPath,
    [program, 'serve', '--replay', recording, '--port', '0', '--lang', 'en', ...options],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const wake of waiting) wake()
    })
  }
  const printed = (wanted: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((line) => wanted.test(line))
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      void exited.then(() => reject(new Error(`it ended before it printed ${wanted}:\n${lines.join('\n')}`)))
      look()
    })
  const line = await printed(/#token=/)
  const {
    url = '',
    port = '',
    token = '',
  } = /(?<url>http:\/\/127\.0\.0\.1:(?<port>\d+)\/#token=(?<token>\S+))$/.exec(line)?.groups ?? {}
  return {
    url,
    token,
    port: Number(port),
    lines,
    printed,
    async stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}
