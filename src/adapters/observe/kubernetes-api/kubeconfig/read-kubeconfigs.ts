import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { coded } from '../../../../core/errors/kubepatrol-error.ts'
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
  const invalid = (problem: string, cause?: unknown) =>
    coded('KP_KUBECONFIG_INVALID', { path: file, problem }, cause)
  let content: string
  try {
    const found = await stat(file)
    if (!found.isFile()) throw invalid('it is no file')
    if (found.size > MOST_BYTES) throw invalid('it is larger than 16 MiB')
    content = await readFile(file, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code?.startsWith('KP_')) throw cause
    throw invalid(`it cannot be read (${code ?? message})`, cause)
  }
  const parsed = Kubeconfig.safeParse(readYaml(content, invalid) ?? {})
  if (parsed.success) return { value: parsed.data, file }
  const [issue] = parsed.error.issues
  const field = (issue?.path ?? []).map(String).join('.')
  throw invalid(`${field === '' ? 'it' : field}: ${issue?.message ?? 'unknown shape'}`)
}

/** The parser's own message is left out: it may quote a secret. */
function readYaml(content: string, invalid: (problem: string) => Error): unknown {
  try {
    return parse(content, { maxAliasCount: 100, logLevel: 'error' }) as unknown
  } catch (cause) {
    const [at] = cause instanceof YAMLParseError ? (cause.linePos ?? []) : []
    throw invalid(at === undefined ? 'it is no YAML' : `it is no YAML at line ${at.line}, column ${at.col}`)
  }
}
