import { execFile } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import type { Socket } from 'node:net'
import type { Answer } from '../../../core/observe/cluster-api.ts'
import type { Clock } from '../../../core/observe/clock.ts'
import type { BytePath } from '../../../core/observe/host/byte-path.ts'
import { shownPath } from '../../../core/observe/host/byte-path.ts'
import { isLocal, mountOf, type Mount } from '../../../core/observe/host/mountinfo.ts'
import type { FilesystemReading } from '../../../core/observe/observation.ts'
import type { Duration } from '../../../core/units/duration.ts'
import type { HostFiles } from './host-files.ts'

/** Reads how full filesystems are. Nothing of it throws, and none that hangs holds up another. */
export interface FilesystemReader {
  read(path: BytePath, mounts: readonly Mount[]): Promise<Answer<FilesystemReading>>
}

const LONGEST: Duration = 5000

/**
 * Asks statfs. A filesystem on a network or of a program may never answer and would hold one of few threads for ever:
 * those are asked by a child process each, and not again while one hangs.
 */
export function filesystemReader(
  host: HostFiles,
  clock: Clock,
  askApart: (path: Buffer) => Promise<readonly number[]> = statByChild,
): FilesystemReader {
  const hanging = new Set<BytePath>()

  async function apart(path: BytePath): Promise<readonly number[]> {
    if (hanging.has(path)) throw new Hangs()
    hanging.add(path)
    const asked = askApart(host.path(path)).finally(() => hanging.delete(path))
    let cancel = () => {}
    const over = new Promise<never>((_, reject) => {
      cancel = clock.after(LONGEST, () => reject(new Hangs()))
    })
    try {
      return await Promise.race([asked, over])
    } finally {
      cancel()
      asked.catch(() => undefined)
    }
  }

  return {
    async read(path, mounts) {
      const mount = mountOf(path, mounts)
      try {
        const counts = mount && isLocal(mount) ? await here(host.path(path)) : await apart(path)
        return { value: reading(clock.now(), counts) }
      } catch (cause) {
        const why = cause instanceof Hangs ? 'timed-out' : 'unreachable'
        const detail = `${shownPath(path)}: ${(cause as Error).message}`
        return { gap: { part: 'statfs', why, detail: detail.slice(0, 300) } }
      }
    },
  }
}

class Hangs extends Error {
  constructor() {
    super('the filesystem does not answer')
  }
}

async function here(path: Buffer): Promise<readonly number[]> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path)
  return [bsize, blocks, bfree, bavail, files, ffree]
}

/** The same by `stat` of coreutils, which reads bytes of the fragment size. */
function statByChild(path: Buffer): Promise<readonly number[]> {
  return new Promise((resolve, reject) => {
    // A name that is no UTF-8 reaches the child through its file descriptors only; such a mount is not asked.
    const child = execFile(
      'stat',
      ['-f', '-c', '%S %b %f %a %c %d', '--', path.toString('utf8')],
      { timeout: LONGEST, killSignal: 'SIGKILL' },
      (failure, out) => {
        const counts = out.trim().split(' ').map(Number)
        if (failure || counts.length !== 6) reject(failure ?? new Error('no figures'))
        else resolve(counts)
      },
    )
    // One that hangs ends when the filesystem answers; whoever wants to end before then may.
    child.unref()
    for (const pipe of [child.stdin, child.stdout, child.stderr] as (Socket | null)[]) pipe?.unref()
  })
}

function reading(at: number, counts: readonly number[]): FilesystemReading {
  const [block = 0, blocks = 0, free = 0, available = 0, inodes = 0, inodesFree = 0] = counts
  return {
    at,
    capacityBytes: blocks * block,
    availableBytes: available * block,
    usedBytes: (blocks - free) * block,
    inodes,
    inodesFree,
  }
}
