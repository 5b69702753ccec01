import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readReport, type Order, type Report } from './order.ts'

/** The file that all of the test bed is bundled into, and its content. */
const PROGRAM = fileURLToPath(import.meta.url)
const CONTENT = readFileSync(PROGRAM)

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
  // Kubernetes takes long to build; a fresh `npm ci` in the meantime takes the bundle away.
  if (!existsSync(PROGRAM)) {
    mkdirSync(path.dirname(PROGRAM), { recursive: true })
    writeFileSync(PROGRAM, CONTENT)
  }
  const words = [...within, process.execPath, PROGRAM, part, JSON.stringify(order)]
  return spawn(words[0] ?? '', words.slice(1), { stdio, detached: true })
}

/** Calls back with every line that a part prints on either stream. */
export function follow(part: ChildProcess, onReport: (line: Report) => void): void {
  for (const stream of [part.stdout, part.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => onReport(readReport(line)))
  }
}
