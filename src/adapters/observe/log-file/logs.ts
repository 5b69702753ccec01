import { KubepatrolError, coded } from '../../../core/errors/kubepatrol-error.ts'
import { archivedLogs, isArchive } from './archive.ts'
import { openLog, SAMPLE, unreadable, type OpenLog } from './open-log.ts'
import { peek } from './peek.ts'
import { packingOf, unpack } from './unpack.ts'
import type { SeekableFile } from './file-segments.ts'

/** A log as it is read, unpacked. */
export interface Log {
  /** As it is named in evidence; in an archive, the archive's path and its own. */
  path: string
  /** Its first bytes. */
  beginning: Uint8Array
  /** True when there are no more. */
  isWhole: boolean
  /** Set when it is a plain file in which any place can be read. */
  file?: SeekableFile
  bytes: AsyncIterable<Uint8Array>
  /** Set when bytes are unpacked: what fails then is damage, not a disk. */
  isPacked: boolean
}

/** How far the reading of a file is, of how many bytes; of a stream nobody knows. */
export interface ReadBytes {
  read: number
  total: number | undefined
}

/**
 * The logs that a file holds: itself, or those of an archive. Each has to be read before the next is asked for.
 * @throws {KubepatrolError} KP_INPUT_UNREADABLE; KP_INPUT_TRUNCATED for an archive that is cut or damaged.
 */
export async function* logsIn(path: string, progress: ReadBytes): AsyncGenerator<Log> {
  const open = await openLog(path)
  progress.read = 0
  progress.total = open.file?.size
  let isPacked = false
  try {
    const raw = await peek(counted(open, progress), SAMPLE)
    const packing = packingOf(raw.beginning)
    isPacked = packing !== undefined
    if (!isPacked && !isArchive(raw.beginning)) {
      yield { path, ...raw, isPacked: false, ...(open.file ? { file: open.file } : {}) }
      return
    }
    yield* logsOf(path, packing ? await peek(unpack(raw.bytes, packing, path), SAMPLE) : raw, isPacked)
  } catch (cause) {
    throw damaged(path, cause, isPacked, 0)
  } finally {
    await open.close()
  }
}

/** What a failure to read means: packed bytes that cannot be unpacked are cut or damaged. */
export function damaged(path: string, cause: unknown, isPacked: boolean, lines: number): KubepatrolError {
  if (!isPacked || cause instanceof KubepatrolError) return unreadable(path, cause)
  return coded('KP_INPUT_TRUNCATED', { path, lines }, cause)
}

async function* logsOf(
  path: string,
  content: Awaited<ReturnType<typeof peek>>,
  isPacked: boolean,
): AsyncGenerator<Log> {
  if (!isArchive(content.beginning)) {
    yield { path, ...content, isPacked }
    return
  }
  for await (const { name, bytes } of archivedLogs(content.bytes)) {
    const inner = `${path}/${name.replace(/^\.?\//, '')}`
    const raw = await peek(bytes, SAMPLE)
    const packing = packingOf(raw.beginning)
    yield packing
      ? { path: inner, ...(await peek(unpack(raw.bytes, packing, inner), SAMPLE)), isPacked: true }
      : { path: inner, ...raw, isPacked }
  }
}

async function* counted(open: OpenLog, progress: ReadBytes): AsyncGenerator<Uint8Array> {
  for await (const piece of open.bytes()) {
    progress.read += piece.length
    yield piece
  }
}
