import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import { inReadingOrder, isLogName } from '../../../core/explain/input/log-names.ts'
import { unreadable } from '../../../core/explain/input/logs.ts'
import { matchingPaths, isPathPattern } from './path-pattern.ts'

/** Directories below a named one are looked into so deep, and no further. */
const MOST_DEPTH = 12
const MOST_FILES = 10_000

/**
 * The log files that a path names: itself, those that match it, or those of a directory and of what is below it,
 * rotated ones in the order in which they were written. In a directory links and anything that is no regular file
 * are passed over, so that nothing goes in circles.
 * @throws {KubepatrolError} KP_INPUT_NOT_FOUND; KP_INPUT_UNREADABLE for what is neither file nor directory;
 * KP_INPUT_NO_LOGS for a directory without any.
 */
export async function logFiles(location: string): Promise<string[]> {
  if (location === '-') return [location]
  const found = await stat(location).catch((cause: NodeJS.ErrnoException) => cause)
  if (!(found instanceof Error)) return found.isDirectory() ? filesBelow(location) : [location]
  if (found.code !== 'ENOENT' && found.code !== 'ENOTDIR') throw unreadable(location, found)
  const matching = isPathPattern(location) ? await matchingPaths(location) : []
  if (matching.length === 0) throw coded('KP_INPUT_NOT_FOUND', { path: location }, found)
  return (await Promise.all(matching.map(logFiles))).flat()
}

async function filesBelow(directory: string): Promise<string[]> {
  const found: string[] = []
  await walk(directory, 0, found)
  if (found.length === 0) throw coded('KP_INPUT_NO_LOGS', { path: directory })
  return found.toSorted(inReadingOrder)
}

async function walk(directory: string, depth: number, found: string[]): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown): Dirent[] => {
    if (depth === 0) throw unreadable(directory, cause)
    // What cannot be listed is named where it is read.
    found.push(directory)
    return []
  })
  const files = entries.filter((entry) => entry.isFile() && isLogName(entry.name))
  found.push(...files.map(({ name }) => path.join(directory, name)))
  found.length = Math.min(found.length, MOST_FILES)
  if (depth === MOST_DEPTH) return
  for (const { name } of entries
    .filter((entry) => entry.isDirectory())
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    await walk(path.join(directory, name), depth + 1, found)
  }
}
