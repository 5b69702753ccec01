import { lstat, readdir, readlink, stat } from 'node:fs/promises'
import type { BytePath } from '../../../core/observe/host/byte-path.ts'

/** A file that has no name any more, and that processes hold open. */
export interface DeletedFile {
  /** What it was called last, by the host's paths. */
  path: BytePath
  /** `major:minor` of its filesystem. */
  device: string
  bytes: number
  /** Such as `java (4711)`. */
  process: string
}

const MARK = ' (deleted)'
/** Of a process, so many open files are looked at. */
const MOST_FILES = 20_000

/**
 * Finds deleted files that are held open, each once. `proc` is where the host's processes are seen; only what
 * `isLocal` says of by its path is asked about: a filesystem on a network may never answer.
 */
export async function deletedFiles(
  proc: Buffer,
  isLocal: (path: BytePath) => boolean,
): Promise<DeletedFile[]> {
  const found = new Map<string, DeletedFile>()
  const at = (...parts: string[]) => Buffer.from([proc.toString('latin1'), ...parts].join('/'), 'latin1')
  for (const pid of await readdir(at(), { encoding: 'latin1' })) {
    if (!/^\d+$/.test(pid)) continue
    const files = await readdir(at(pid, 'fd'), { encoding: 'latin1' }).catch(() => [])
    for (const file of files.slice(0, MOST_FILES)) {
      const link = at(pid, 'fd', file)
      const target = await readlink(link, { encoding: 'buffer' }).catch(() => undefined)
      const path = target?.toString('latin1') ?? ''
      if (!path.startsWith('/') || !path.endsWith(MARK)) continue
      const name = path.slice(0, -MARK.length)
      if (!isLocal(name)) continue
      const stats = await stat(link).catch(() => undefined)
      // A file may be called so.
      if (!stats?.isFile() || stats.nlink > 0) continue
      const key = `${stats.dev} ${stats.ino}`
      if (found.has(key)) continue
      const program = await readlink(at(pid, 'exe'), { encoding: 'latin1' }).catch(() => '')
      found.set(key, {
        path: name,
        device: deviceText(stats.dev),
        bytes: stats.blocks * 512,
        process: `${program.slice(program.lastIndexOf('/') + 1)} (${pid})`,
      })
    }
  }
  return [...found.values()]
}

/** A rotated file of a container's log directory: every one but those that are written to. */
export async function rotatedLogBytes(directory: Buffer): Promise<number> {
  const names = await readdir(directory, { encoding: 'buffer' }).catch(() => [])
  let bytes = 0
  for (const name of names) {
    if (/^\d+\.log$/.test(name.toString('latin1'))) continue
    const stats = await lstat(Buffer.concat([directory, Buffer.from('/'), name])).catch(() => undefined)
    if (stats?.isFile()) bytes += stats.blocks * 512
  }
  return bytes
}

/** As mountinfo writes a device. */
function deviceText(device: number): string {
  const number = BigInt(device)
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn)
  const minor = (number & 0xffn) | ((number >> 12n) & ~0xffn)
  return `${major}:${minor}`
}
