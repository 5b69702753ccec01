import { fstatSync } from 'node:fs'
import type { CommandContext } from '@stricli/core'
import { logFiles } from '../../adapters/observe/log-file/log-files.ts'
import { KubepatrolError, coded } from '../../core/errors/kubepatrol-error.ts'
import type { ExplainedFile, Explanation } from '../../core/explain/explanation.ts'
import { explanationDocument } from '../../core/explain/present/json.ts'
import { explanationMarkdown } from '../../core/explain/present/markdown.ts'
import { explanationText } from '../../core/explain/present/text.ts'
import { isAtLeast } from '../../core/incident/severity.ts'
import type { Language } from '../../core/messages/language.ts'
import { message, say } from '../../core/messages/message.ts'
import { neutraliseText } from '../../core/tell/neutralise-text.ts'
import type { ExplainFlags } from './explain-flags.ts'
import { explainFiles } from './explain-files.ts'
import { languageFor } from './options.ts'
import { progressOn } from './progress.ts'
import { terminalStyle } from './terminal-style.ts'

/** `kubepatrol explain`: exit status 0, 1 with --fail-on, 3 when some input could not be read. */
export async function explain(this: CommandContext, flags: ExplainFlags, ...paths: string[]): Promise<void> {
  const language = languageFor(flags.lang)
  const { locations, failures } = await locate(paths, language)
  const tell = (sentence: string) => process.stderr.write(`${neutraliseText(sentence)}\n`)
  const onFact = flags.output === 'jsonl' ? (line: string) => process.stdout.write(`${line}\n`) : undefined
  const progress = process.stderr.isTTY ? progressOn(process.stderr, language) : undefined
  const explanation = await explainFiles(locations, {
    ...(flags.year === undefined ? {} : { year: flags.year }),
    ...(onFact === undefined ? {} : { onFact }),
    ...(progress === undefined ? {} : { onProgress: progress.tell }),
    // Nobody reads on.
    isOver: () => process.stdout.destroyed || process.stdout.errored !== null,
  })
  progress?.end()
  const files = [...failures, ...explanation.files]
  for (const { path, lines, error } of explanation.files) {
    if (lines === 0 && !error) tell(say(message('explain.empty', { path }), language))
  }
  for (const { error } of files) if (error) tell(`${error.key}: ${say(error, language)}`)
  if (flags.output !== 'jsonl') process.stdout.write(present({ ...explanation, files }, flags, language))
  const { failOn } = flags
  const isSevere =
    failOn !== undefined && explanation.incidents.some(({ severity }) => isAtLeast(severity, failOn))
  process.exitCode = files.some(({ error }) => error) ? 3 : isSevere ? 1 : 0
}

/** The files that the arguments name; those that cannot be found do not keep the others from being read. */
async function locate(
  paths: readonly string[],
  language: Language,
): Promise<{ locations: string[]; failures: ExplainedFile[] }> {
  if (paths.length === 0) return { locations: [standardInput(language)], failures: [] }
  const locations: string[] = []
  const failures: ExplainedFile[] = []
  for (const path of paths) {
    try {
      locations.push(...(await logFiles(path)))
    } catch (failure) {
      if (!(failure instanceof KubepatrolError)) throw failure
      failures.push({ path, nodeDisk: 'not-stated', lines: 0, error: failure.detail })
    }
  }
  return { locations: [...new Set(locations)], failures }
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

function present(explanation: Explanation, { output }: ExplainFlags, language: Language): string {
  if (output === 'json') return `${JSON.stringify(explanationDocument(explanation, language), null, 2)}\n`
  if (output === 'markdown') return explanationMarkdown(explanation, language)
  const columns = Math.min(process.stdout.columns ?? 80, 100)
  return explanationText(explanation, language, terminalStyle(process.stdout), columns)
}
