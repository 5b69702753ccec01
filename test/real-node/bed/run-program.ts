import { spawn } from 'node:child_process'

/** What a program that failed had printed last, at most so many characters. */
const TAIL_CHARACTERS = 2000

export interface RunOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** Called with every line of either stream. */
  onLine?: (line: string) => void
}

/**
 * Runs a program to its end, without a shell.
 * @returns what it printed on standard output
 * @throws {Error} with the end of what it printed when it cannot be run or its exit status is not 0.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, onLine }: RunOptions = {},
): Promise<string> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let printed = ''
  let unfinished = ''
  const take = (piece: string) => {
    printed = (printed + piece).slice(-TAIL_CHARACTERS)
    if (!onLine) return
    const lines = (unfinished + piece).split('\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    output += piece
    take(piece)
  })
  child.stderr.setEncoding('utf8').on('data', take)
  const status = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', (cause) => reject(new Error(`${program} cannot be run: ${cause.message}`, { cause })))
    child.once('close', (code, signal) => resolve(code ?? signal))
  })
  if (status === 0) return output
  throw new Error(`${[program, ...args].join(' ').slice(0, 300)} ended with ${status}:\n${printed.trim()}`)
}
