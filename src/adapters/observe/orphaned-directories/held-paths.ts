import { open, readdir, readlink } from 'node:fs/promises'
import { isWithin, type BytePath } from '../../../core/observe/host/byte-path.ts'
import { readMountinfo } from '../../../core/observe/host/mountinfo.ts'

const MOST_MOUNTINFO = 16 * 1024 * 1024
/** Of a process, so many open files are looked at. */
const MOST_FILES = 20_000

/** Where something is mounted below directories, in any mount namespace that a process is in. */
export async function mountPoints(proc: Buffer, below: readonly BytePath[]): Promise<BytePath[]> {
  const namespaces = new Set<string>()
  const found = new Set<BytePath>()
  for (const pid of await processes(proc)) {
    const namespace = await linkOf(entry(proc, pid, 'ns', 'mnt'))
    if (namespace === undefined || namespaces.has(namespace)) continue
    namespaces.add(namespace)
    for (const { mountPoint } of readMountinfo(await textOf(entry(proc, pid, 'mountinfo')))) {
      if (below.some((directory) => isWithin(mountPoint, directory))) found.add(mountPoint)
    }
  }
  return [...found].toSorted()
}

/** Processes that have something below a directory open, or work in it, by directory. */
export async function openedBelow(
  proc: Buffer,
  below: readonly BytePath[],
): Promise<ReadonlyMap<BytePath, string[]>> {
  const found = new Map<BytePath, string[]>()
  for (const pid of await processes(proc)) {
    const files = await readdir(entry(proc, pid, 'fd'), { encoding: 'latin1' }).catch(() => [])
    const links = [
      entry(proc, pid, 'cwd'),
      entry(proc, pid, 'root'),
      ...files.slice(0, MOST_FILES).map((file) => entry(proc, pid, 'fd', file)),
    ]
    const held = new Set<BytePath>()
    for (const link of links) {
      const target = await linkOf(link)
      const directory =
        target === undefined ? undefined : below.find((candidate) => isWithin(target, candidate))
      if (directory !== undefined) held.add(directory)
    }
    if (held.size === 0) continue
    const program = (await linkOf(entry(proc, pid, 'exe'))) ?? ''
    const name = `${program.slice(program.lastIndexOf('/') + 1).replace(/[^\w.+-]/g, '?')} (${pid})`
    for (const directory of held) found.set(directory, [...(found.get(directory) ?? []), name])
  }
  return found
}

async function processes(proc: Buffer): Promise<string[]> {
  return (await readdir(proc, { encoding: 'latin1' })).filter((name) => /^\d+$/.test(name))
}

function entry(proc: Buffer, ...parts: string[]): Buffer {
  return Buffer.from([proc.toString('latin1'), ...parts].join('/'), 'latin1')
}

async function linkOf(link: Buffer): Promise<BytePath | undefined> {
  return readlink(link, { encoding: 'buffer' }).then(
    (target) => target.toString('latin1'),
    () => undefined,
  )
}

async function textOf(file: Buffer): Promise<string> {
  const pieces: Buffer[] = []
  const handle = await open(file).catch(() => undefined)
  if (!handle) return ''
  try {
    for (let bytes = 0; bytes < MOST_MOUNTINFO;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(64 * 1024))
      if (bytesRead === 0) break
      pieces.push(buffer.subarray(0, bytesRead))
      bytes += bytesRead
    }
  } catch {
    // Its process ended meanwhile; what was read of it holds.
  } finally {
    await handle.close()
  }
  return Buffer.concat(pieces).toString('latin1')
}
