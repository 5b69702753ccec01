import { lstat, opendir } from 'node:fs/promises'
import type { BytePath } from '../../../core/observe/host/byte-path.ts'
import { CONTENT } from './read-store.ts'

const MOST_ALGORITHMS = 8
const MOST_FILES = 100_000

/** Blocks of each file of containerd's content store, by its path within the root directory that is given as it is opened. */
export async function contentFiles(root: Buffer): Promise<Map<BytePath, number>> {
  const found = new Map<BytePath, number>()
  const at = (place: BytePath) => within(root, place)
  for (const algorithm of await namesIn(at(CONTENT), MOST_ALGORITHMS)) {
    const directory = `${CONTENT}/${algorithm}`
    for (const name of await namesIn(at(directory), MOST_FILES - found.size)) {
      const place = `${directory}/${name}`
      const stats = await lstat(at(place)).catch(() => undefined)
      if (stats?.isFile()) found.set(place, stats.blocks * 512)
    }
  }
  return found
}

/** Where overlayfs works, beside the contents of a layer; it makes the inner one itself. */
const WORK_DIRECTORIES = ['work', 'work']

/**
 * Blocks of a snapshot's directories that its size leaves out: overlayfs keeps what a layer contains in `fs`, which is
 * all that is measured, and works beside it. None where a snapshotter has no such directory.
 */
export async function blocksBesideContents(snapshot: Buffer): Promise<number> {
  if ((await blocksOfDirectory(within(snapshot, 'fs'))) === undefined) return 0
  let place = snapshot
  let sum = (await blocksOfDirectory(place)) ?? 0
  for (const name of WORK_DIRECTORIES) {
    place = within(place, name)
    sum += (await blocksOfDirectory(place)) ?? 0
  }
  return sum
}

const within = (directory: Buffer, name: string) =>
  Buffer.concat([directory, Buffer.from(`/${name}`, 'latin1')])

/** Undefined where there is no such directory, or a link in its place. */
async function blocksOfDirectory(directory: Buffer): Promise<number | undefined> {
  const stats = await lstat(directory).catch(() => undefined)
  return stats?.isDirectory() ? stats.blocks * 512 : undefined
}

/** At most so many names of a directory, as bytes; none where there is no such directory. */
export async function namesIn(directory: Buffer, most: number): Promise<string[]> {
  const names: string[] = []
  const opened = await opendir(directory, { encoding: 'latin1' as BufferEncoding }).catch(() => undefined)
  if (!opened) return names
  for await (const { name } of opened) {
    if (names.length >= most) break
    names.push(name)
  }
  return names
}
