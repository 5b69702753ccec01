import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Gap } from '../../../core/observe/gap.ts'
import type { RuntimeStore } from '../../../core/observe/attribution/runtime-store.ts'
import { newestMeta, rootBucket, type BoltBucket, type ReadAt } from './bolt-file.ts'
import { DamagedBolt } from './bolt-page.ts'
import { blocksBesideContents, contentFiles, namesIn } from './content-files.ts'
import { readSnapshots, readStore, snapshotsOf, type KeptSnapshot } from './read-store.ts'

/** What containerd's own files say that it keeps; neither where it has none, as other runtimes. */
export interface StoreAnswer {
  value?: RuntimeStore
  gap?: Gap
}

/** Reads what a containerd keeps. Nothing of it throws. */
export interface ContainerdStore {
  /** @param root containerd's root directory as this process opens it. */
  read(root: Buffer): Promise<StoreAnswer>
}

const METADATA = 'io.containerd.metadata.v1.bolt/meta.db'
const SNAPSHOTTER = /^io\.containerd\.snapshotter\.v1\.([a-z0-9._-]{1,64})$/
const MOST_SNAPSHOTTERS = 16
const MOST_PLUGINS = 1000
/** containerd may write while its files are read; each such reading is begun anew. */
const MOST_TRIES = 4

/** Reads containerd's metadata from its files, and not again before it has written to them. */
export function containerdStore(): ContainerdStore {
  let last: { key: string; value: RuntimeStore } | undefined
  return {
    async read(root) {
      const files: Database[] = []
      try {
        const main = await database(root, METADATA)
        if (!main) return {}
        files.push(main)
        const snapshotters = new Map<string, Database>()
        for (const plugin of await namesIn(root, MOST_PLUGINS)) {
          const [, name] = SNAPSHOTTER.exec(plugin) ?? []
          if (name === undefined || snapshotters.size >= MOST_SNAPSHOTTERS) continue
          const found = await database(root, `${plugin}/metadata.db`)
          if (found) files.push(found)
          if (found) snapshotters.set(name, found)
        }
        const key = `${root.toString('latin1')} ${await transactions(files)}`
        if (last?.key !== key) last = { key, value: await readAll(root, main, snapshotters) }
        return { value: last.value }
      } catch (failure) {
        const detail = `containerd: ${(failure as Error).message}`.slice(0, 300)
        return { gap: { part: 'image store', why: 'unreachable', detail } }
      } finally {
        await Promise.all(files.map(({ handle }) => handle.close()))
      }
    },
  }
}

interface Database {
  handle: FileHandle
  read: ReadAt
}

/** Opens a file as it lies there: neither a link nor what is no file. */
async function database(root: Buffer, name: string): Promise<Database | undefined> {
  const file = Buffer.concat([root, Buffer.from(`/${name}`, 'latin1')])
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  let handle: FileHandle
  try {
    handle = await open(file, flags)
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw failure
  }
  const isFile = await handle.stat().then((stats) => stats.isFile())
  if (!isFile) {
    await handle.close()
    throw new DamagedBolt(`${name} is no file`)
  }
  const read: ReadAt = async (position, length) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
    return buffer.subarray(0, bytesRead)
  }
  return { handle, read }
}

async function transactions(files: readonly Database[]): Promise<string> {
  const metas = await Promise.all(files.map(({ read }) => newestMeta(read)))
  return metas.map(({ transaction }) => transaction).join(' ')
}

async function readAll(
  root: Buffer,
  main: Database,
  snapshotters: ReadonlyMap<string, Database>,
): Promise<RuntimeStore> {
  const snapshots = new Map<string, ReadonlyMap<string, KeptSnapshot>>()
  for (const [name, { read }] of snapshotters) {
    const directory = Buffer.concat([root, Buffer.from(`/${snapshotsOf(name)}/`)])
    snapshots.set(name, await withDirectories(await steadily(read, readSnapshots), directory))
  }
  const contentBytes = await contentFiles(root)
  return steadily(main.read, (bucket) => readStore(bucket, { contentBytes, snapshots }))
}

async function withDirectories(snapshots: ReadonlyMap<string, KeptSnapshot>, directory: Buffer) {
  const all = new Map<string, KeptSnapshot>()
  for (const [name, { id, bytes }] of snapshots) {
    // One that is written to has no size yet.
    const beside =
      bytes > 0 ? await blocksBesideContents(Buffer.concat([directory, Buffer.from(`${id}`)])) : 0
    all.set(name, { id, bytes: bytes + beside })
  }
  return all
}

/**
 * Reads a database as it was left by one transaction. bbolt writes beside what it has; the next transaction but one may
 * write over it.
 */
async function steadily<T>(read: ReadAt, use: (root: BoltBucket) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const before = await newestMeta(read)
    const result = await use(rootBucket(read, before)).then(
      (value) => ({ value }),
      (failure: unknown) => ({ failure }),
    )
    const { transaction } = await newestMeta(read)
    const isSteady = transaction - before.transaction <= 1n
    if (isSteady && 'value' in result) return result.value
    if (isSteady && 'failure' in result) throw result.failure
    if (tries === MOST_TRIES) throw new DamagedBolt('it is written to all the time')
  }
}
