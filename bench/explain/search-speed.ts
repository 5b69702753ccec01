import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, statfs } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeMadeUpLog } from './made-up-log.ts'

// What `explain` takes for a large log beside grep for a few words in it, and for a packed one beside
// `gzip -dc | wc -l`. Programs take turns, so that a busy machine slows them alike; the median of the ratios counts.

const MIB = 1024 * 1024
const SIZE = Number(process.env['KUBEPATROL_BENCH_MIB'] ?? 512) * MIB
const ROUNDS = 5
const PROGRAM = 'dist/kubepatrol.js'
const WORDS =
  'image_gc_manager|eviction_manager|eviction manager:|Orphaned pod|PullImage|Unable to read config path|no space left on device|ImagePullBackOff|garbage collect|failed to "StartContainer"|DiskPressure|Removing image|pvc-protection|FreeDiskSpaceFailed|ephemeral'

/** The times allowed, as shares of those of the program beside. */
const MOST_RESIDENT = 250
const MOST = { one: 1.5, all: 1, packed: 1.3 }

/** Measures on a log made for it, and deletes it; a missed target sets the exit status. */
export async function benchSearch(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-bench-'))
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < 3 * SIZE) {
    console.log(`large log: skipped, ${folder} has no room for ${(3 * SIZE) / MIB} MiB`)
    return
  }
  try {
    const log = path.join(folder, 'messages')
    await writeMadeUpLog(log, SIZE)
    const explain = (...more: string[]) => [process.execPath, PROGRAM, 'explain', '-o', 'json', ...more]
    const jobs = String(availableParallelism())
    tell('one thread', 'grep', compare(explain('--jobs', '1', log), grep(log)), MOST.one)
    tell(`${jobs} threads`, 'grep', compare(explain('--jobs', jobs, log), grep(log)), MOST.all)
    shell(`gzip -1 -k '${log}'`)
    const counting = ['bash', '-c', `gzip -dc '${log}.gz' | wc -l`]
    tell('packed', 'gzip -dc | wc -l', compare(explain(`${log}.gz`), counting), MOST.packed)
    tellMemory(['explain', '--jobs', '1', '-o', 'json', log])
  } finally {
    await rm(folder, { recursive: true })
  }
}

function grep(log: string): string[] {
  return ['env', 'LC_ALL=C', 'grep', '-cE', WORDS, log]
}

/** The ratios of the times of two programs that take turns. */
function compare(one: readonly string[], other: readonly string[]): number[] {
  timeOf(one)
  timeOf(other)
  return Array.from({ length: ROUNDS }, () => timeOf(one) / timeOf(other))
}

function timeOf([program = '', ...args]: readonly string[]): number {
  const begunAt = performance.now()
  // Into a pipe: grep stops at the first match when nobody wants its count.
  const { status, stderr } = spawnSync(program, args, { maxBuffer: Infinity })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${String(stderr)}`)
  return performance.now() - begunAt
}

function tell(what: string, beside: string, ratios: readonly number[], most: number): void {
  const sorted = ratios.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const isMissed = !(median <= most)
  if (isMissed) process.exitCode = 1
  console.log(
    `large log (${SIZE / MIB} MiB), ${what}: ${median.toFixed(2)} times ${beside} (${sorted.map((ratio) => ratio.toFixed(2)).join(', ')}; at most ${most}${isMissed ? ': MISSED' : ''})`,
  )
}

/** The largest resident set, as the kernel counts it. */
function tellMemory(args: readonly string[]): void {
  const script = `process.on('exit', () => console.error(process.resourceUsage().maxRSS)); process.argv.splice(1, 0, ''); import(process.env.PROGRAM)`
  const { stderr } = spawnSync(process.execPath, ['-e', script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PROGRAM: pathToFileURL(PROGRAM).href },
  })
  const mebibytes = Math.round(Number(stderr) / 1024)
  const isMissed = !(mebibytes <= MOST_RESIDENT)
  if (isMissed) process.exitCode = 1
  console.log(`large log: ${mebibytes} MiB resident (at most ${MOST_RESIDENT}${isMissed ? ': MISSED' : ''})`)
}

function shell(command: string): void {
  spawnSync('bash', ['-c', command], { stdio: 'ignore' })
}
