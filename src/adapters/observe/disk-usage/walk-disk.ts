import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { Clock } from '../../../core/observe/clock.ts'
import type { WalkedDirectory } from '../../../core/observe/attribution/tally.ts'
import { isWithin, type BytePath } from '../../../core/observe/host/byte-path.ts'
import type { Duration } from '../../../core/units/duration.ts'

/** How a filesystem is walked. */
export interface WalkOptions {
  clock: Clock
  /** Where it is mounted, as this process opens it. */
  root: Buffer
  /** Directories in it that are other places of the same filesystem, or none of its own: they are not entered. */
  passOver: readonly Buffer[]
  /** Places in it where even `lstat` may take for ever; nothing asks there. */
  neverAsked: readonly Buffer[]
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
  const around = await roundAbout(options)
  const child = begin(options, around)
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

function begin(
  { passOver, depth }: WalkOptions,
  { roots, leftOut }: Around,
): ChildProcessByStdio<Writable, Readable, Readable> {
  const du = [
    'du',
    '--one-file-system',
    '--null',
    '--block-size=1',
    `--max-depth=${depth}`,
    ...[...passOver, ...leftOut].map((place) => `--exclude=${pattern(place)}`),
    '--files0-from=-',
  ]
  const child = spawn('ionice', ['-c', '3', '-t', 'nice', '-n', '19', ...du], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  })
  // What ends before it has read its names says why itself.
  child.stdin.on('error', () => undefined)
  child.stdin.end(Buffer.concat(roots.flatMap((root) => [root, Buffer.alloc(1)])))
  return child
}

/** What is walked in place of a whole, and what of it is left out. */
interface Around {
  /** Shallow ones first: who adds them up takes each for one that nothing before it is below of. */
  roots: readonly Buffer[]
  leftOut: readonly Buffer[]
}

/**
 * A way around what is never asked. `du` looks at every entry of a directory that it reads, excluded or not; so a
 * directory with such an entry is left out, and the others of its entries are walked one by one. Its own block is not counted.
 */
async function roundAbout({ root, passOver, neverAsked }: WalkOptions): Promise<Around> {
  const passed = passOver.map((place) => place.toString('latin1'))
  const points = new Set(
    neverAsked
      .map((point) => point.toString('latin1'))
      .filter((point) => !passed.some((place) => isWithin(point, place))),
  )
  if (points.size === 0) return { roots: [root], leftOut: [] }
  const directories = new Set([...points].map((point) => path.posix.dirname(point)))
  const entries: BytePath[] = []
  for (const directory of directories) {
    // Within one of the others: nobody gets there.
    if ([...points].some((point) => isWithin(directory, point))) continue
    const names = await readdir(Buffer.from(directory, 'latin1'), { encoding: 'latin1' }).catch(() => [])
    entries.push(...names.map((name) => path.posix.join(directory, name)))
  }
  const roots = [root.toString('latin1'), ...entries.filter((entry) => !points.has(entry))]
    .filter((entry) => !directories.has(entry))
    .toSorted((a, b) => a.split('/').length - b.split('/').length)
  const bytes = (paths: Iterable<BytePath>) => [...paths].map((one) => Buffer.from(one, 'latin1'))
  return { roots: bytes(roots), leftOut: bytes(directories) }
}

/** A pattern that matches a path and, where that has bytes of no pattern, those that differ from it in them. */
function pattern(place: Buffer): string {
  return place.toString('latin1').replace(/[^\w/.~:@%+=,-]/g, '?')
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
