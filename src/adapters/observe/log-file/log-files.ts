import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { coded } from '../../../core/errors/kubepatrol-error.ts'

const LOG_NAME = /(?:\.log|\.txt|^messages|^syslog|^kern|^daemon)[^/]*$/

/**
 * The log files that a path names: itself, or those of a directory, sorted. In a directory links and
 * anything that is no regular file are passed over.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND; KP_INPUT_UNREADABLE for what is neither file nor directory;
 * KP_INPUT_NO_LOGS for a directory without any.
 */
export async function logFiles(location: string): Promise<string[]> {
  if (location === '-') return [location]
  const found = await stat(location).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')
      throw coded('KP_INPUT_NOT_FOUND', { path: location }, cause)
    throw coded('KP_INPUT_UNREADABLE', { path: location, reason: cause.code ?? cause.message }, cause)
  })
  if (found.isFile() || found.isFIFO() || found.isCharacterDevice()) return [location]
  if (!found.isDirectory())
    throw coded('KP_INPUT_UNREADABLE', { path: location, reason: 'neither a file nor a directory' })
  const entries = await readdir(location, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw coded('KP_INPUT_UNREADABLE', { path: location, reason: cause.code ?? cause.message }, cause)
  })
  const logs = entries.filter(
    (entry) => entry.isFile() && LOG_NAME.test(entry.name) && !/-(?:images|containers)\.txt/.test(entry.name),
  )
  if (logs.length === 0) throw coded('KP_INPUT_NO_LOGS', { path: location })
  return logs.map(({ name }) => path.join(location, name)).toSorted()
}
