import { opendir, readdir } from 'node:fs/promises'
import { isWithin, shownPath, type BytePath } from '../../../core/observe/host/byte-path.ts'
import type { OrphanedDirectory } from '../../../core/observe/orphaned-directory.ts'
import { mountPoints, openedBelow } from './held-paths.ts'

/** So many are looked into. */
const MOST = 100
/** Of each, so many of what holds it are named. */
const MOST_NAMED = 20
const UID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^[0-9a-f]{32}$/

/** Where the host's files are, and what is known of its pods. */
export interface PodsOnHost {
  /** A path of the host as this process opens it. */
  at: (ofHost: BytePath) => Buffer
  /** The kubelet's root directory. */
  kubeletRoot: BytePath
  /** Uids of the pods that the runtime has sandboxes of. */
  known: ReadonlySet<string>
}

/**
 * Finds directories of pods without a sandbox, and what holds them. A mount point is never entered or asked about: what
 * is mounted there may never answer, or be data.
 * @throws when the directories cannot be listed.
 */
export async function orphanedDirectories({
  at,
  kubeletRoot,
  known,
}: PodsOnHost): Promise<OrphanedDirectory[]> {
  const names = await readdir(at(`${kubeletRoot}/pods`), { encoding: 'latin1' })
  const uids = names.filter((name) => UID.test(name) && !known.has(name)).slice(0, MOST)
  if (uids.length === 0) return []
  const roots = uids.map((uid) => `${kubeletRoot}/pods/${uid}`)
  const proc = at('/proc')
  const [mounts, opened] = await Promise.all([mountPoints(proc, roots), openedBelow(proc, roots)])
  return Promise.all(
    uids.map(async (uid, index) => {
      const root = roots[index] as string
      const mounted = mounts.filter((point) => isWithin(point, root))
      const data = await volumesWithData(at, `${root}/volumes`, mounted)
      return {
        uid,
        path: shownPath(root),
        mounts: mounted.slice(0, MOST_NAMED).map(shownPath),
        processes: (opened.get(root) ?? []).slice(0, MOST_NAMED),
        data: data.slice(0, MOST_NAMED).map(shownPath),
      }
    }),
  )
}

async function volumesWithData(
  at: PodsOnHost['at'],
  volumes: BytePath,
  mounted: readonly BytePath[],
): Promise<BytePath[]> {
  const isEntered = (path: BytePath) => !mounted.some((point) => isWithin(path, point))
  const found: BytePath[] = []
  for (const plugin of await directoriesIn(at(volumes))) {
    if (!isEntered(`${volumes}/${plugin}`)) continue
    for (const volume of await directoriesIn(at(`${volumes}/${plugin}`))) {
      const path = `${volumes}/${plugin}/${volume}`
      if (isEntered(path) && (await hasEntry(at(path)))) found.push(path)
    }
  }
  return found
}

/** Names of directories, not of links to some. */
async function directoriesIn(directory: Buffer): Promise<string[]> {
  const entries = await readdir(directory, { encoding: 'latin1', withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/** Looks at one entry alone: there may be millions. */
async function hasEntry(directory: Buffer): Promise<boolean> {
  const opened = await opendir(directory, { encoding: 'latin1' as BufferEncoding, bufferSize: 1 }).catch(
    () => undefined,
  )
  if (!opened) return false
  try {
    return (await opened.read()) !== null
  } finally {
    await opened.close()
  }
}
