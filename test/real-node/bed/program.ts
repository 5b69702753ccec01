import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readReport, type Order, type Report } from './order.ts'

/** The file that all of the test bed is bundled into. */
const PROGRAM = fileURLToPath(import.meta.url)

/**
 * Starts the test bed anew, for a part of its own that goes on by itself.
 * @param within what to run it in, with its options
 */
export function startPart(
  part: 'guard' | 'be-node',
  order: Order,
  stdio: StdioOptions,
  within: readonly string[] = [],
): ChildProcess {
  const words = [...within, process.execPath, PROGRAM, part, JSON.stringify(order)]
  return spawn(words[0] ?? '', words.slice(1), { stdio, detached: true })
}

/** Calls back with every line that a part prints on either stream. */
export function follow(part: ChildProcess, onReport: (line: Report) => void): void {
  for (const stream of [part.stdout, part.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => onReport(readReport(line)))
  }
}
