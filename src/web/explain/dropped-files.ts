import { isLogName } from '../../core/explain/input/log-names.ts'
import type { DroppedFile } from './protocol.ts'

/** Folders below a dropped one are looked into so deep, and no further. */
const MOST_DEPTH = 12
const MOST_FILES = 10_000

/** What is used of a file or folder that was dropped. */
export interface DroppedEntry {
  isFile: boolean
  name: string
  /** Of a file. @throws when it is not there any more */
  file(): Promise<Blob>
  /** Of a folder: what is in it. */
  entries(): Promise<DroppedEntry[]>
}

/** What somebody dropped: files as they are, and the logs of folders. */
export async function droppedFiles(entries: readonly DroppedEntry[]): Promise<DroppedFile[]> {
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile) return [await fileOf(entry, entry.name)]
      const logs: DroppedFile[] = []
      await walk(entry, entry.name, 0, logs)
      return logs.length > 0 ? logs : [{ path: entry.name, file: null }]
    }),
  )
  return found.flat().slice(0, MOST_FILES)
}

/** The files that somebody chose, or those of a folder that they chose. */
export function chosenFiles(files: readonly Pick<File, 'name' | 'webkitRelativePath'>[]): DroppedFile[] {
  const folder = files[0]?.webkitRelativePath.split('/')[0] ?? ''
  const wanted = files
    .filter(({ name, webkitRelativePath }) => webkitRelativePath === '' || isLogName(name))
    .map((file) => ({ path: file.webkitRelativePath || file.name, file: file as File }))
  return wanted.length === 0 && folder !== '' ? [{ path: folder, file: null }] : wanted.slice(0, MOST_FILES)
}

/** What cannot be had is named where it is read. */
async function fileOf(entry: DroppedEntry, path: string): Promise<DroppedFile> {
  try {
    return { path, file: await entry.file() }
  } catch (cause) {
    return { path, file: null, reason: cause instanceof Error ? cause.name : String(cause) }
  }
}

async function walk(folder: DroppedEntry, path: string, depth: number, found: DroppedFile[]): Promise<void> {
  // A folder that cannot be listed is as an empty one.
  for (const entry of await folder.entries().catch(() => [])) {
    if (found.length >= MOST_FILES) return
    const below = `${path}/${entry.name}`
    if (!entry.isFile) {
      if (depth < MOST_DEPTH) await walk(entry, below, depth + 1, found)
    } else if (isLogName(entry.name)) found.push(await fileOf(entry, below))
  }
}
