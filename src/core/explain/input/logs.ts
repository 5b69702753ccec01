import { failureReason } from '../../errors/failure-reason.ts'
import { KubepatrolError, coded } from '../../errors/kubepatrol-error.ts'
import { archivedLogs, isArchive } from './archive.ts'
import type { LogSource, OpenLog, ReadBytes, ReadingPlatform } from './log-source.ts'
import { peek, type Peeked } from './peek.ts'
import { packingOf, unpack } from './unpack.ts'

/** What a log is recognised by. */
const SAMPLE = 64 * 1024

/** A log as it is read, unpacked. */
export interface Log extends Peeked {
  /** As it is named in evidence; in an archive, the archive's path and its own. */
  path: string
  /** Set when it is a plain file in which any place can be read. */
  inPlace?: Required<Pick<OpenLog, 'size' | 'searchInPlace'>>
  /** Set when bytes are unpacked: what fails then is damage, not a disk. */
  isPacked: boolean
}

/**
 * The logs that a source holds: itself, or those of an archive. Each has to be read before the next is asked for.
 * @throws {KubepatrolError} KP_INPUT_UNREADABLE; KP_INPUT_TRUNCATED for an archive that is cut or damaged.
 */
export async function* logsIn(
  { path, open }: LogSource,
  platform: ReadingPlatform,
  progress: ReadBytes,
): AsyncGenerator<Log> {
  const source = await open()
  progress.read = 0
  progress.total = source.size
  let isPacked = false
  try {
    const raw = await peek(counted(source, progress), SAMPLE)
    const content = await unpacked(path, raw, platform)
    isPacked = content !== raw
    if (!isArchive(content.beginning)) {
      yield { path, ...content, isPacked, ...(isPacked ? {} : inPlace(source)) }
      return
    }
    isPacked = true
    for await (const { name, bytes } of archivedLogs(content.bytes, platform.decode)) {
      const inner = `${path}/${name.replace(/^\.?\//, '')}`
      yield { path: inner, ...(await unpacked(inner, await peek(bytes, SAMPLE), platform)), isPacked }
    }
  } catch (cause) {
    throw damaged(path, cause, isPacked, 0)
  } finally {
    await source.close()
  }
}

/** What a failure to read means: packed bytes that cannot be unpacked are cut or damaged. */
export function damaged(path: string, cause: unknown, isPacked: boolean, lines: number): KubepatrolError {
  if (!isPacked || cause instanceof KubepatrolError) return unreadable(path, cause)
  return coded('KP_INPUT_TRUNCATED', { path, lines }, cause)
}

/** A failure to read as the error that says so. */
export function unreadable(path: string, cause: unknown): KubepatrolError {
  if (cause instanceof KubepatrolError) return cause
  return coded('KP_INPUT_UNREADABLE', { path, reason: failureReason(cause) }, cause)
}

async function unpacked(path: string, raw: Peeked, { unpackers }: ReadingPlatform): Promise<Peeked> {
  const packing = packingOf(raw.beginning)
  return packing ? peek(unpack(raw.bytes, unpackers[packing], path), SAMPLE) : raw
}

function inPlace({ size, searchInPlace }: OpenLog): Pick<Log, 'inPlace'> {
  return size !== undefined && searchInPlace ? { inPlace: { size, searchInPlace } } : {}
}

async function* counted(open: OpenLog, progress: ReadBytes): AsyncGenerator<Uint8Array> {
  for await (const piece of open.bytes()) {
    progress.read += piece.length
    yield piece
  }
}
