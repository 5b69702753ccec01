import { open, readdir, readlink } from 'node:fs/promises'
import path from 'node:path'
import type { BytePath } from '../../../core/observe/host/byte-path.ts'
import { kubeletFlags, type KubeletProcess } from '../../../core/observe/host/kubelet-command-line.ts'
import { mayNeverAnswer, mountOf, readMountinfo, type Mount } from '../../../core/observe/host/mountinfo.ts'
import { pathInRoot } from './path-in-root.ts'

const MOST_COMMAND_LINE = 128 * 1024
const MOST_MOUNTINFO = 16 * 1024 * 1024

/** The files of a host, wherever its root directory is for us: `/` itself, or where a pod has it mounted. */
export interface HostFiles {
  /** A path of the host as this process opens it. With links in it it may lead anywhere: `real` has none. */
  path(ofHost: BytePath): Buffer
  /** Where a path leads on the host, as mountinfo names it. @throws {NodeJS.ErrnoException} for a circle of links. */
  real(ofHost: BytePath): Promise<BytePath>
  /** At most so many bytes of a file of the host, wherever links lead to it. @throws {NodeJS.ErrnoException} */
  read(ofHost: BytePath, mostBytes: number): Promise<Buffer>
  /** The mounts that are visible below the host's root, by the host's paths. */
  mounts(): Promise<readonly Mount[]>
  /** The kubelets that run, oldest first. */
  kubelets(): Promise<KubeletProcess[]>
}

/** Reads the files of the host whose root directory is mounted here. */
export function hostFiles(root: string): HostFiles {
  const prefix = path.resolve(root) === '/' ? '' : path.resolve(root)
  const bytePrefix = Buffer.from(prefix).toString('latin1')
  const at = (ofHost: BytePath) => Buffer.from(bytePrefix + ofHost, 'latin1')
  let latest: { content: Buffer; mounts: readonly Mount[] } | undefined
  async function mounts(): Promise<readonly Mount[]> {
    // Of our own namespace: these are the mounts that our paths lead through.
    const content = await readBeginning(Buffer.from('/proc/self/mountinfo'), MOST_MOUNTINFO)
    // Asked for each second, and seldom another one.
    if (latest?.content.equals(content)) return latest.mounts
    const found = readMountinfo(content.toString('latin1')).flatMap((mount) => {
      if (prefix === '') return [mount]
      if (mount.mountPoint === bytePrefix) return [{ ...mount, mountPoint: '/' }]
      if (!mount.mountPoint.startsWith(`${bytePrefix}/`)) return []
      return [{ ...mount, mountPoint: mount.mountPoint.slice(bytePrefix.length) }]
    })
    latest = { content, mounts: found }
    return found
  }

  const real = async (ofHost: BytePath) => {
    const known = await mounts().catch(() => [])
    return pathInRoot(ofHost, async (place) => {
      const mount = mountOf(place, known)
      // Not even what is there is asked where nobody may ever answer; of the root everything depends on it.
      if (mount && mount.mountPoint !== '/' && mayNeverAnswer(mount)) return undefined
      return readlink(at(place), { encoding: 'buffer' }).then(
        (link) => link.toString('latin1'),
        () => undefined,
      )
    })
  }
  const read = async (ofHost: BytePath, mostBytes: number) =>
    readBeginning(at(prefix === '' ? ofHost : await real(ofHost)), mostBytes)
  return {
    path: at,
    real,
    read,
    mounts,
    async kubelets() {
      const pids = (await readdir(at('/proc'))).filter((name) => /^\d+$/.test(name)).map(Number)
      const found: KubeletProcess[] = []
      for (const pid of pids.toSorted((a, b) => a - b)) {
        const commandLine = await readBeginning(at(`/proc/${pid}/cmdline`), MOST_COMMAND_LINE).catch(
          () => undefined,
        )
        const flags = commandLine && kubeletFlags(commandLine.toString('utf8').split('\0'))
        if (flags) found.push({ pid, flags })
      }
      return found
    },
  }
}

/** Most files of `/proc` are smaller, and many are read in a round. */
const FIRST_BYTES = 4000

/** Files of `/proc` say that they are empty, so they are read until they end. */
async function readBeginning(file: Buffer, mostBytes: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    let content = Buffer.allocUnsafe(Math.min(FIRST_BYTES, mostBytes))
    for (let bytes = 0; ;) {
      const { bytesRead } = await handle.read(content, bytes)
      bytes += bytesRead
      if (bytesRead === 0 || bytes === mostBytes) return content.subarray(0, bytes)
      if (bytes === content.length) {
        content = Buffer.concat([content], Math.min(bytes * 2, mostBytes))
      }
    }
  } finally {
    await handle.close()
  }
}
