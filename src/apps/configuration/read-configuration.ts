import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { cutText } from '../../core/tell/cut-text.ts'
import { statRegularFile } from './regular-file.ts'
import { Configuration } from './schema.ts'

const MOST_BYTES = 1024 * 1024
const MOST_PROBLEMS = 5

/** Reads `kubepatrol.yaml`. @throws {KubepatrolError} KP_CONFIG_… that names the file, the place and the problem */
export async function readConfiguration(path: string): Promise<Configuration> {
  const text = await readText(path)
  const result = Configuration.safeParse(parseYaml(path, text) ?? {})
  if (result.success) return result.data
  const [first, ...others] = result.error.issues.flatMap(problemsOf)
  const more = others.slice(0, MOST_PROBLEMS - 1).map(({ field, problem }) => `; ${field}: ${problem}`)
  const { field = 'channels', problem = 'cannot be understood' } = first ?? {}
  throw coded('KP_CONFIG_INVALID', { path, field, problem: cutText(problem + more.join(''), 1000) })
}

async function readText(path: string): Promise<string> {
  try {
    await statRegularFile(path, MOST_BYTES)
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw coded('KP_CONFIG_UNREADABLE', { path, reason: reasonOf(cause) }, cause)
  }
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  return code ?? message
}

/** What the parser itself says quotes the text around a mistake, which may be a secret that does not belong there. */
function parseYaml(path: string, text: string): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines })
  const [failure] = document.errors
  if (failure) {
    const problem = failure.code.toLowerCase().replaceAll('_', ' ')
    throw coded('KP_CONFIG_SYNTAX', { path, line: lines.linePos(failure.pos[0]).line, problem })
  }
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw coded('KP_CONFIG_SYNTAX', { path, line: 1, problem: (cause as Error).message }, cause)
  }
}

type Issue = z.core.$ZodIssue

function problemsOf(issue: Issue): { field: string; problem: string }[] {
  const field = fieldName(issue.path)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key]),
      problem: 'there is no such field',
    }))
  return [{ field, problem: issue.message.replace(/^Invalid input: /, '') }]
}

/** `channels[0].url`. */
export function fieldName(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text.replace(/^\./, '') || 'the file'
}
