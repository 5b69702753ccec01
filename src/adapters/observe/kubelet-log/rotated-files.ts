import { createReadStream } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { byRotation } from '../../../core/explain/input/log-names.ts'

/** What a log was before it was rotated. */
export interface RotatedFile {
  path: Buffer
  inode: number
  writtenAtMs: number
  isPacked: boolean
}

/** A rotated log is read no further than this. */
const MOST_BYTES = 1024 ** 3
/** Of rotated logs so many are looked at: the newest. */
const MOST_FILES = 16
/** So many are compared with what was read: they may have to be unpacked for it. */
const MOST_COMPARED = 3
/** What a rotator adds to a log's name: a number or a date, and how it is packed. */
const ADDED = /^[-.]\d[\dTt:_.-]*(?:\.gz)?$/

/** What a log was before, oldest first. */
async function rotatedFiles(log: Buffer): Promise<RotatedFile[]> {
  const text = log.toString('latin1')
  const folder = path.posix.dirname(text)
  const own = path.posix.basename(text)
  const names = (await readdir(Buffer.from(folder, 'latin1'), { encoding: 'buffer' }))
    .map((name) => name.toString('latin1'))
    .filter((name) => name.startsWith(own) && ADDED.test(name.slice(own.length)))
    .toSorted(byRotation)
    .slice(-MOST_FILES)
  const found = await Promise.all(
    names.map(async (name): Promise<RotatedFile[]> => {
      const file = Buffer.from(`${folder}/${name}`, 'latin1')
      const stats = await lstat(file).catch(() => undefined)
      if (!stats?.isFile()) return []
      const { ino: inode, mtimeMs: writtenAtMs } = stats
      return [{ path: file, inode, writtenAtMs, isPacked: name.endsWith('.gz') }]
    }),
  )
  return found.flat()
}

/** Its bytes from an offset on, unpacked. @throws when it cannot be read, or is not what its name says. */
export async function* bytesOf({ path: file, isPacked }: RotatedFile, from = 0): AsyncGenerator<Buffer> {
  const stored: Readable = createReadStream(file, isPacked ? {} : { start: from })
  const bytes = isPacked ? stored.pipe(createGunzip()) : stored
  // What fails below is met by who reads.
  stored.on('error', (failure) => bytes.destroy(failure))
  let at = isPacked ? 0 : from
  try {
    for await (const piece of bytes as AsyncIterable<Buffer>) {
      const rest = piece.subarray(Math.max(0, from - at))
      at += piece.length
      if (rest.length > 0) yield rest
      if (at - from > MOST_BYTES) return
    }
  } finally {
    stored.destroy()
    bytes.destroy()
  }
}

/**
 * What a log that was read up to an offset is now, itself or a copy of it, and what was written after that one, oldest
 * first. By the order of their names: two files may have been written to at one tick of the clock.
 * @throws {NodeJS.ErrnoException}
 */
export async function successors(
  log: Buffer,
  { inode, offset, anchor }: { inode: number; offset: number; anchor: Buffer },
): Promise<{ own?: RotatedFile; newer: RotatedFile[] }> {
  const newer: RotatedFile[] = []
  for (const [index, file] of (await rotatedFiles(log)).toReversed().entries()) {
    if (file.inode === inode) return { own: file, newer }
    if (index < MOST_COMPARED && (await continues(file, offset, anchor))) return { own: file, newer }
    newer.unshift(file)
  }
  return { newer }
}

/** Whether it is what was read up to an offset: the same bytes stand before it. */
async function continues(file: RotatedFile, offset: number, anchor: Buffer): Promise<boolean> {
  if (anchor.length === 0) return false
  let there = Buffer.alloc(0)
  try {
    for await (const piece of bytesOf(file, offset - anchor.length)) {
      there = Buffer.concat([there, piece])
      if (there.length >= anchor.length) break
    }
  } catch {
    return false
  }
  return there.subarray(0, anchor.length).equals(anchor)
}
