import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { failureReason } from '../../../../core/errors/failure-reason.ts'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
import { message, type Message } from '../../../../core/messages/message.ts'
import { Kubeconfig, mergeKubeconfigs, type Entry, type MergedKubeconfig } from './kubeconfig.ts'

const MOST_BYTES = 16 * 1024 * 1024

/** Where kubeconfigs are looked for. */
export interface KubeconfigPlaces {
  /** The option `--kubeconfig`. */
  explicit?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  home: string
}

/**
 * Reads what kubectl would: `--kubeconfig`, or the files of `$KUBECONFIG`, or `~/.kube/config`. Undefined when
 * nothing was named and there is none.
 * @throws {KubepatrolError} KP_KUBECONFIG_NOT_FOUND for a file that was named, KP_KUBECONFIG_INVALID.
 */
export async function readKubeconfigs(places: KubeconfigPlaces): Promise<MergedKubeconfig | undefined> {
  const { explicit, env, home } = places
  if (explicit !== undefined) {
    const file = await readOne(path.resolve(explicit))
    if (file === undefined) throw coded('KP_KUBECONFIG_NOT_FOUND', { path: explicit })
    return mergeKubeconfigs([file])
  }
  const listed = [...new Set((env['KUBECONFIG'] ?? '').split(path.delimiter).filter((name) => name !== ''))]
  const names = listed.length > 0 ? listed : [path.join(home, '.kube', 'config')]
  const files = (await Promise.all(names.map((name) => readOne(path.resolve(name))))).filter(
    (file) => file !== undefined,
  )
  if (files.length > 0) return mergeKubeconfigs(files)
  if (listed.length > 0) throw coded('KP_KUBECONFIG_NOT_FOUND', { path: listed.join(path.delimiter) })
  return undefined
}

async function readOne(file: string): Promise<Entry<Kubeconfig> | undefined> {
  const invalid = (problem: Message, cause?: unknown) =>
    coded('KP_KUBECONFIG_INVALID', { path: file, problem }, cause)
  let content: string
  try {
    const found = await stat(file)
    if (!found.isFile()) throw invalid(message('kubeconfig.no-file'))
    if (found.size > MOST_BYTES) throw invalid(message('kubeconfig.too-large'))
    content = await readFile(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code?.startsWith('KP_')) throw cause
    throw invalid(message('kubeconfig.unreadable', { reason: failureReason(cause) }), cause)
  }
  const parsed = Kubeconfig.safeParse(readYaml(content, invalid) ?? {})
  if (parsed.success) return { value: parsed.data, file }
  const [issue] = parsed.error.issues
  const field = (issue?.path ?? []).map(String).join('.')
  const says =
    issue?.code === 'invalid_type'
      ? message('config.needs', { type: issue.expected })
      : message('config.not-understood')
  throw invalid(message('kubeconfig.wrong-field', { field, says }))
}

/** The parser's own message is left out: it may quote a secret. */
function readYaml(content: string, invalid: (problem: Message) => Error): unknown {
  try {
    return parse(content, { maxAliasCount: 100, logLevel: 'error' }) as unknown
  } catch (cause) {
    const [at] = cause instanceof YAMLParseError ? (cause.linePos ?? []) : []
    const place = at === undefined ? null : { line: at.line, column: at.col }
    throw invalid(message('kubeconfig.no-yaml', { at: place }))
  }
}
