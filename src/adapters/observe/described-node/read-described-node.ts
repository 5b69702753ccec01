import { readFile, stat } from 'node:fs/promises'
import { parse } from 'yaml'
import { failureReason } from '../../../core/errors/failure-reason.ts'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import { DescribedNode } from '../../../core/forecast/described/described-node.ts'
import { overlay } from '../../../core/forecast/described/overlay.ts'

/** No description of a node is larger. */
const MOST_BYTES = 16 * 1024 * 1024

/**
 * Reads the description of a node, YAML or JSON, with the changes of another file laid over it.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND, KP_INPUT_UNREADABLE, or KP_NODE_INVALID naming the field.
 */
export async function readDescribedNode(location: string, changes?: string): Promise<DescribedNode> {
  const base = await read(location)
  const described = changes === undefined ? base : overlay(base, await read(changes))
  const parsed = DescribedNode.safeParse(described)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = (issue?.path ?? []).map(String).join('.')
  const problem = [field, issue?.message ?? ''].filter((part) => part !== '').join(': ')
  throw coded('KP_NODE_INVALID', { path: changes ?? location, problem }, parsed.error)
}

async function read(location: string): Promise<unknown> {
  let content: string
  try {
    const { size } = await stat(location)
    if (size > MOST_BYTES)
      throw coded('KP_NODE_INVALID', { path: location, problem: 'it is larger than 16 MiB' })
    content = await readFile(location, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code?.startsWith('KP_')) throw cause
    if (code === 'ENOENT') throw coded('KP_INPUT_NOT_FOUND', { path: location }, cause)
    throw coded('KP_INPUT_UNREADABLE', { path: location, reason: failureReason(cause) }, cause)
  }
  try {
    return parse(content, { maxAliasCount: 100, logLevel: 'error' }) as unknown
  } catch (cause) {
    const [problem = ''] = (cause as Error).message.split('\n')
    throw coded('KP_NODE_INVALID', { path: location, problem: problem.replace(/:$/, '') }, cause)
  }
}
