import { fstatSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { CommandContext } from '@stricli/core'
import { logFiles } from '../../adapters/observe/log-file/log-files.ts'
import { logSource, nodeReading } from '../../adapters/observe/log-file/log-source.ts'
import { SearchPool } from '../../adapters/observe/log-file/search-pool.ts'
import { KubepatrolError, coded } from '../../core/errors/kubepatrol-error.ts'
import { explainLogs } from '../../core/explain/explain-logs.ts'
import type { Explanation } from '../../core/explain/explanation.ts'
import type { Fact } from '../../core/explain/facts/fact.ts'
import type { LogSource } from '../../core/explain/input/log-source.ts'
import { EXPLANATION_FORMS, explanationAs } from '../../core/explain/present/forms.ts'
import { factLine } from '../../core/explain/present/json-lines.ts'
import { explanationText } from '../../core/explain/present/text.ts'
import { isAtLeast } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { ExplainFlags } from './explain-flags.ts'
import { languageFor } from './options.ts'
import { linePrinter, readingProgress } from './progress.ts'
import { terminalStyle } from './terminal-style.ts'

/** `kubepatrol explain`: exit status 0, 1 with --fail-on, 3 when some input could not be read. */
export async function explain(this: CommandContext, flags: ExplainFlags, ...paths: string[]): Promise<void> {
  const language = languageFor(flags.lang)
  const tell = (sentence: string) => process.stderr.write(`${neutraliseText(sentence)}\n`)
  const onFact = flags.output === 'jsonl' ? (fact: Fact) => process.stdout.write(factLine(fact)) : undefined
  const printer = linePrinter(process.stderr, language)
  const progress = readingProgress(printer)
  const pool = searchPool(flags.jobs)
  const explanation = await explainLogs(await sourcesOf(paths, pool, language), {
    platform: nodeReading(pool),
    ...(flags.year === undefined ? {} : { year: flags.year }),
    ...(onFact === undefined ? {} : { onFact }),
    onProgress: (path, { read, total }) => progress(path, read, total),
    isOver: isUnheard,
  })
  printer.end()
  const closed = pool.close()
  const { files } = explanation
  for (const { path, lines, error } of files) {
    if (lines === 0 && !error) tell(say(message('explain.empty', { path }), language))
  }
  for (const { error } of files) if (error) tell(`${error.key}: ${say(error, language)}`)
  if (flags.output !== 'jsonl') await writeOut(present(explanation, flags, language))
  await closed
  const { failOn } = flags
  const isSevere =
    failOn !== undefined && explanation.incidents.some(({ severity }) => isAtLeast(severity, failOn))
  process.exitCode = files.some(({ error }) => error) ? 3 : isSevere ? 1 : 0
}

/** Whether nobody reads on. */
function isUnheard(): boolean {
  return process.stdout.destroyed || process.stdout.errored !== null
}

/** Writes one piece after another: a stream keeps what it was given until it gets a turn, even when it wrote at once. */
async function writeOut(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) {
    if (isUnheard()) return
    await new Promise<void>((resolve) => process.stdout.write(piece, () => resolve()))
  }
}

/** More threads than this wait for the disk. */
const MOST_JOBS = 8

function searchPool(jobs = Math.min(availableParallelism(), MOST_JOBS)): SearchPool {
  return new SearchPool(jobs, new URL('./search-worker.js', import.meta.url))
}

/** The files that the arguments name; those that cannot be found do not keep the others from being read. */
async function sourcesOf(
  paths: readonly string[],
  pool: SearchPool,
  language: Language,
): Promise<LogSource[]> {
  if (paths.length === 0) return [logSource(standardInput(language), pool)]
  const locations: string[] = []
  const failures: LogSource[] = []
  for (const path of paths) {
    try {
      locations.push(...(await logFiles(path)))
    } catch (failure) {
      if (!(failure instanceof KubepatrolError)) throw failure
      failures.push({ path, open: () => Promise.reject(failure) })
    }
  }
  return [...failures, ...[...new Set(locations)].map((location) => logSource(location, pool))]
}

/** Standard input when something is piped in. @throws {KubepatrolError} KP_USAGE when nobody will say anything there. */
function standardInput(language: Language): string {
  if (process.stdin.isTTY || !isPiped()) {
    throw coded('KP_USAGE', { problem: say(message('cli.no-input'), language) })
  }
  return '-'
}

function isPiped(): boolean {
  try {
    const input = fstatSync(0)
    return input.isFIFO() || input.isFile() || input.isSocket()
  } catch {
    // Standard input is closed.
    return false
  }
}

/** So many characters are worth a call of the system. */
const LARGE_PIECE = 64 * 1024

/** What was explained as it is asked for, in pieces that are worth writing one by one. */
function* present(explanation: Explanation, { output }: ExplainFlags, language: Language): Generator<string> {
  const form = EXPLANATION_FORMS.find((known) => known === output)
  if (form) {
    yield* inLargePieces(explanationAs(form, explanation, language))
    return
  }
  const columns = Math.min(process.stdout.columns ?? 80, 100)
  yield explanationText(explanation, language, terminalStyle(process.stdout), columns)
}

function* inLargePieces(pieces: Iterable<string>): Generator<string> {
  let gathered = ''
  for (const piece of pieces) {
    gathered += piece
    if (gathered.length < LARGE_PIECE) continue
    yield gathered
    gathered = ''
  }
  yield gathered
}
