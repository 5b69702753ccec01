import { deletedFiles, rotatedLogBytes } from '../../adapters/observe/disk-usage/deleted-files.ts'
import { walkDisk } from '../../adapters/observe/disk-usage/walk-disk.ts'
import type { FilesystemReader } from '../../adapters/observe/host/filesystem-reader.ts'
import type { HostFiles } from '../../adapters/observe/host/host-files.ts'
import { depthToTell, ownerOf, type Owner } from '../../core/observe/attribution/consumer-of.ts'
import type { DiskAttribution } from '../../core/observe/attribution/disk-attribution.ts'
import {
  filesystemsToWalk,
  type NodePlaces,
  type WalkedFilesystem,
} from '../../core/observe/attribution/known-places.ts'
import { ownBytes, Tally } from '../../core/observe/attribution/tally.ts'
import type { Clock } from '../../core/observe/clock.ts'
import type { Gap } from '../../core/observe/gap.ts'
import { shownPath, type BytePath } from '../../core/observe/host/byte-path.ts'
import { isLocal, mountOf, pathWithin, type Mount } from '../../core/observe/host/mountinfo.ts'

/** By what a node's disks are looked at. */
export interface DiskWalker {
  host: HostFiles
  filesystems: FilesystemReader
  clock: Clock
}

/** What is known of where the bytes are, and what of it could not be had. */
export interface Attributed {
  value: readonly DiskAttribution[]
  gaps: readonly Gap[]
}

/** Directories of logs that are looked into file by file. */
const MOST_LOG_DIRECTORIES = 5000

/** Walks the disks of a node, taking no more than a share of a core, and says whose the bytes are. Nothing of it throws. */
export async function attributeDisks(
  walker: DiskWalker,
  node: NodePlaces,
  share: number,
): Promise<Attributed> {
  const value: DiskAttribution[] = []
  const gaps: Gap[] = []
  for (const filesystem of filesystemsToWalk(node)) {
    const { mount } = filesystem
    try {
      const tally = await walked(walker, filesystem, share)
      await addDeleted(walker, tally, mount, node.mounts)
      // As it stands after the walk: what came while it went on is in no directory that was seen before.
      const reading = await walker.filesystems.read(mount.mountPoint, node.mounts)
      if (reading.value) value.push(tally.attribution(shownPath(mount.mountPoint), reading.value))
      else gaps.push(reading.gap)
    } catch (failure) {
      const { code, message } = failure as NodeJS.ErrnoException
      const why = code === 'ENOENT' ? 'not-there' : 'unreachable'
      const detail = `${shownPath(mount.mountPoint)}: ${message}`.slice(0, 300)
      gaps.push({ part: 'disk usage', why, detail })
    }
  }
  return { value, gaps }
}

async function walked({ host, clock }: DiskWalker, filesystem: WalkedFilesystem, share: number) {
  const { mount, places, passOver, neverAsked } = filesystem
  const root = host.path(mount.mountPoint)
  const prefix = root.toString('latin1').replace(/\/$/, '').length
  const owner = ownerOf(places)
  const own = ownBytes()
  const tally = new Tally()
  const logs: { path: BytePath; owner: Owner }[] = []
  const partOf = mount.root === '/' ? 0 : mount.root.split('/').length - 1
  const walk = walkDisk({
    clock,
    root,
    passOver: passOver.map((point) => host.path(point)),
    neverAsked: neverAsked.map((point) => host.path(point)),
    depth: Math.max(1, depthToTell(places) - partOf),
    share,
  })
  for await (const directory of walk) {
    const below = directory.path.slice(prefix) || '/'
    const path = pathWithin(below, { ...mount, mountPoint: '/' })
    const whose = owner(path)
    tally.add(whose, own({ path: below, bytes: directory.bytes }))
    const isOfContainer = whose.kind === 'container-logs' && whose.name !== undefined
    if (isOfContainer && logs.length < MOST_LOG_DIRECTORIES) logs.push({ path: directory.path, owner: whose })
  }
  for (const { owner: whose, bytes } of places.stored?.content ?? [])
    tally.move({ kind: 'image-content' }, whose, bytes)
  for (const { path, owner: whose } of logs) {
    const rotated = await rotatedLogBytes(Buffer.from(path, 'latin1'))
    if (rotated > 0) tally.move(whose, { ...whose, kind: 'rotated-container-logs' }, rotated)
  }
  return tally
}

async function addDeleted({ host }: DiskWalker, tally: Tally, { device }: Mount, mounts: readonly Mount[]) {
  const isOnIt = (path: BytePath) => {
    const mount = mountOf(path, mounts)
    return mount !== undefined && (isLocal(mount) || mount.type === 'overlay')
  }
  for (const { path, process, bytes, device: of } of await deletedFiles(host.path('/proc'), isOnIt)) {
    if (of === device) tally.add({ kind: 'deleted-open-files', name: `${process} ${shownPath(path)}` }, bytes)
  }
}
