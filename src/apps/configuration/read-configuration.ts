import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument } from 'yaml'
import { failureReason } from '../../core/errors/failure-reason.ts'
import { coded } from '../../core/errors/kubepatrol-error.ts'
import { configurationProblems } from './configuration-problems.ts'
import { statRegularFile } from './regular-file.ts'
import { Configuration } from './schema.ts'

const MOST_BYTES = 1024 * 1024
const MOST_PROBLEMS = 5

/** Reads `kubepatrol.yaml`. @throws {KubepatrolError} KP_CONFIG_… that names the file, the place and the problem */
export async function readConfiguration(path: string): Promise<Configuration> {
  const text = await readText(path)
  const result = Configuration.safeParse(parseYaml(path, text) ?? {})
  if (result.success) return result.data
  const problems = result.error.issues.flatMap(configurationProblems).slice(0, MOST_PROBLEMS)
  throw coded('KP_CONFIG_INVALID', { path, problems })
}

async function readText(path: string): Promise<string> {
  try {
    await statRegularFile(path, MOST_BYTES)
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw coded('KP_CONFIG_UNREADABLE', { path, reason: failureReason(cause) }, cause)
  }
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
