import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Clock } from '../../../core/observe/clock.ts'
import type { WalkedDirectory } from '../../../core/observe/attribution/tally.ts'
import type { BytePath } from '../../../core/observe/host/byte-path.ts'
import type { Duration } from '../../../core/units/duration.ts'

/** How a filesystem is walked. */
export interface WalkOptions {
  clock: Clock
  /** Where it is mounted, as this process opens it. */
  root: Buffer
  /** Directories in it that are other places of the same filesystem, or none of its own: they are not entered. */
  passOver: readonly Buffer[]
  /** Directories so deep below its root are told apart. */
  depth: number
  /** How much of its time the walk runs; it rests in between. 1 for all of it. */
  share: number
}

const SLICE: Duration = 50
const LONGEST: Duration = 30 * 60_000

/**
 * Walks a filesystem with `du` of coreutils, and tells each directory once, after those below it: blocks, hard links
 * once, no link followed, no other filesystem entered. A child in the idle I/O class at the lowest priority needs no
 * native code here and a few megabytes; it is stopped and continued, so that it takes no more than its share of a core.
 * @throws when it cannot be walked.
 */
export async function* walkDisk(options: WalkOptions): AsyncGenerator<WalkedDirectory> {
  const child = begin(options)
  const closed = once(child, 'close') as Promise<[number | null]>
  closed.catch(() => undefined)
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(0, 300)
  })
  const rest = paced(child, options)
  let count = 0
  try {
    for await (const line of zeroEnded(child.stdout)) {
      const tab = line.indexOf('\t')
      count++
      yield { bytes: Number(line.slice(0, tab)), path: line.slice(tab + 1) }
    }
    const [status] = await closed
    // 1 with all of it told: something vanished, or may not be looked into.
    if (count === 0 || (status !== 0 && status !== 1)) {
      throw new Error(complaint.trim() || `du ended with ${status}`)
    }
  } finally {
    rest()
    child.kill('SIGKILL')
  }
}

function begin({ root, passOver, depth }: WalkOptions): ChildProcessByStdio<null, Readable, Readable> {
  const du = [
    'du',
    '--one-file-system',
    '--null',
    '--block-size=1',
    `--max-depth=${depth}`,
    ...passOver.map((path) => `--exclude=${pattern(path)}`),
    '--',
    root.toString('utf8'),
  ]
  return spawn('ionice', ['-c', '3', '-t', 'nice', '-n', '19', ...du], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  })
}

/** A pattern that matches a path and, where that has bytes of no pattern, those that differ from it in them. */
function pattern(path: Buffer): string {
  return path.toString('latin1').replace(/[^\w/.~:@%+=,-]/g, '?')
}

/** Stops a child for a part of the time; called, it stops doing so. */
function paced(child: ReturnType<typeof begin>, { clock, share }: WalkOptions): () => void {
  const startedAt = clock.now()
  let cancel = () => {}
  const go = () => {
    child.kill('SIGCONT')
    cancel = clock.after(SLICE, pause)
  }
  const pause = () => {
    if (clock.now() - startedAt > LONGEST) child.kill('SIGKILL')
    child.kill('SIGSTOP')
    cancel = clock.after((SLICE * (1 - share)) / share, go)
  }
  if (share < 1) cancel = clock.after(SLICE, pause)
  child.once('close', () => cancel())
  return () => cancel()
}

/** Names as bytes, each with a NUL after it. */
async function* zeroEnded(output: Readable): AsyncGenerator<BytePath> {
  let begun = ''
  for await (const piece of output as AsyncIterable<Buffer>) {
    const lines = (begun + piece.toString('latin1')).split('\0')
    begun = lines.pop() ?? ''
    yield* lines
  }
}
