import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { coded } from '../../../core/errors/kubepatrol-error.ts'
import { unreadable } from '../../../core/explain/input/logs.ts'

/** So much of a pipe is read to see whether somebody writes to it. */
const FIRST = 64 * 1024

/** A log that is open for reading. */
export interface OpenLog {
  /** Set when it is a file in which any place can be read at any time. */
  file?: { fd: number; size: number }
  /** Its bytes from the beginning, as they come. */
  bytes(): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/**
 * Opens a log, or standard input for `-`. A pipe is opened without waiting for somebody to write to it.
 * @throws {KubepatrolError} KP_INPUT_UNREADABLE
 */
export async function openLog(path: string, input: Readable = process.stdin): Promise<OpenLog> {
  if (path === '-') return { bytes: () => input as AsyncIterable<Uint8Array>, close: async () => {} }
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = fstatSync(fd)
    if (stats.isFile() && stats.size > 0) return regularFile(fd, stats)
    return stats.isFIFO() || stats.isSocket() ? pipe(fd, path) : special(fd)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function regularFile(fd: number, { size }: Stats): OpenLog {
  return {
    file: { fd, size },
    bytes: () => createReadStream('', { fd, start: 0, autoClose: false, highWaterMark: 256 * 1024 }),
    close: async () => closeSync(fd),
  }
}

/** @throws {KubepatrolError} KP_INPUT_UNREADABLE when nobody writes to it, and nobody did. */
function pipe(fd: number, path: string): OpenLog {
  const first = Buffer.alloc(FIRST)
  const length = readAtOnce(fd, first)
  if (length === 0) {
    closeSync(fd)
    throw coded('KP_INPUT_UNREADABLE', { path, reason: 'nobody writes to this pipe' })
  }
  const socket = new Socket({ fd, readable: true, writable: false })
  return {
    async *bytes() {
      if (length !== undefined) yield first.subarray(0, length)
      yield* socket as AsyncIterable<Uint8Array>
    },
    async close() {
      socket.destroy()
    },
  }
}

/** How much there is to read now; zero when nobody writes, undefined when somebody has not written yet. */
function readAtOnce(fd: number, into: Uint8Array): number | undefined {
  try {
    return readSync(fd, into)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw cause
  }
}

/** A device, a file of /proc: no size is known before it is read. */
function special(fd: number): OpenLog {
  return { bytes: () => createReadStream('', { fd, autoClose: false }), close: async () => closeSync(fd) }
}
