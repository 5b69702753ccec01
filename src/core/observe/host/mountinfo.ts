import { isWithin, type BytePath } from './byte-path.ts'

/** A mount, as `/proc/self/mountinfo` lists it (proc_pid_mountinfo(5)). */
export interface Mount {
  id: number
  /** `major:minor` of the filesystem. */
  device: string
  /** What of the filesystem is mounted: a path within it. */
  root: BytePath
  mountPoint: BytePath
  type: string
  source: BytePath
  /** Whether the filesystem itself is, wherever it is mounted: a mount may be for others only, as a pod sees its host. */
  isReadOnly: boolean
  /** Options of the filesystem, such as `upperdir=…` of an overlay. */
  options: readonly BytePath[]
}

const FIELDS = /^(\d+) \d+ (\d+:\d+) (\S+) (\S+) (\S+)(?: \S+)* - (\S+) (\S*) ?(\S*)$/
/** The filesystems that live on a disk of the machine or in its memory: asking them cannot hang on a network or a program. */
const LOCAL = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'jfs', 'reiserfs', 'vfat', 'tmpfs'])

/** Reads a mountinfo, each character of which is one byte. What is no mount is passed over. */
export function readMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap((line): Mount[] => {
    const [, id, device, root, mountPoint, flags, type, source, options] = FIELDS.exec(line) ?? []
    if (!id || !device || !root || !mountPoint || !flags || !type) return []
    return [
      {
        id: Number(id),
        device,
        root: unescaped(root),
        mountPoint: unescaped(mountPoint),
        type,
        source: unescaped(source ?? ''),
        isReadOnly: (options ?? '').split(',').includes('ro'),
        options: (options ?? '').split(',').map(unescaped),
      },
    ]
  })
}

/** The mount that a path is on: of those around it the deepest, and of several at one place the last. */
export function mountOf(path: BytePath, mounts: readonly Mount[]): Mount | undefined {
  return mounts
    .filter(({ mountPoint }) => isWithin(path, mountPoint))
    .reduce<Mount | undefined>(
      (best, mount) => (best && mount.mountPoint.length < best.mountPoint.length ? best : mount),
      undefined,
    )
}

/** Filesystems on a network, and of a program. */
const ELSEWHERE =
  /^(?:fuse(?:\.|blk$|$)|nfs|cifs$|smb|ceph$|9p$|virtiofs$|afs$|lustre$|beegfs|gpfs$|glusterfs|orangefs$|pvfs2$|coda$)/

/** Whether even to ask what is mounted there may take for ever. */
export function mayNeverAnswer({ type }: Mount): boolean {
  return ELSEWHERE.test(type)
}

/** Whether a filesystem can be asked without the risk that nobody answers. */
export function isLocal({ type }: Mount): boolean {
  return LOCAL.has(type)
}

/** Where the path lies within its filesystem, however that is mounted. */
export function pathWithin(path: BytePath, { root, mountPoint }: Mount): BytePath {
  const below = mountPoint === '/' ? path : path.slice(mountPoint.length)
  return `${root === '/' ? '' : root}${below === '/' ? '' : below}` || '/'
}

function unescaped(field: string): BytePath {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
