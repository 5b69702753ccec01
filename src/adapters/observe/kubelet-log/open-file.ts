import { constants, open, type FileHandle } from 'node:fs/promises'
import { MOST_READ_BACK } from '../../../core/observe/host/kubelet-log.ts'

const MOST_ANCHOR = 256
const PIECE = 256 * 1024

/** A file that is written to, and how far it is read. It stays the same file when its name goes to another. */
export class OpenFile {
  readonly #handle: FileHandle
  readonly inode: number
  /** When it was last written to, as of the last look at it. */
  writtenAtMs: number
  offset: number
  /** The last bytes that were read: what stands there as long as it was only added to. */
  #anchor: Buffer = Buffer.alloc(0)

  private constructor(handle: FileHandle, inode: number, writtenAtMs: number, offset: number) {
    this.#handle = handle
    this.inode = inode
    this.writtenAtMs = writtenAtMs
    this.offset = offset
  }

  /** Opens a regular file, at its beginning or so that its last megabyte is read. @throws {NodeJS.ErrnoException} */
  static async open(file: Buffer, start: 'beginning' | 'late'): Promise<OpenFile> {
    // A pipe in its place would wait for a writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const { ino, size, mtimeMs, ...stats } = await handle.stat()
      if ((stats.mode & constants.S_IFMT) !== constants.S_IFREG) throw new Error('it is no regular file')
      return new OpenFile(handle, ino, mtimeMs, start === 'late' ? Math.max(0, size - MOST_READ_BACK) : 0)
    } catch (failure) {
      await handle.close()
      throw failure
    }
  }

  get anchor(): Buffer {
    return this.#anchor
  }

  /** The next bytes; undefined at its end for now. @throws {NodeJS.ErrnoException} */
  async next(): Promise<Buffer | undefined> {
    const { bytesRead, buffer } = await this.#handle.read(Buffer.alloc(PIECE), 0, PIECE, this.offset)
    if (bytesRead === 0) return undefined
    const bytes = buffer.subarray(0, bytesRead)
    this.offset += bytesRead
    this.#anchor = Buffer.concat([this.#anchor, bytes.subarray(-MOST_ANCHOR)]).subarray(-MOST_ANCHOR)
    return bytes
  }

  /** Whether what was read is there no more: it was emptied, and maybe written to again. */
  async wasEmptied(): Promise<boolean> {
    const { size } = await this.#handle.stat()
    if (size < this.offset) return true
    if (this.#anchor.length === 0) return false
    const there = Buffer.alloc(this.#anchor.length)
    const { bytesRead } = await this.#handle.read(there, 0, there.length, this.offset - there.length)
    return bytesRead < there.length || !there.equals(this.#anchor)
  }

  /** Notes when it was last written to. */
  async look(): Promise<void> {
    this.writtenAtMs = (await this.#handle.stat()).mtimeMs
  }

  /** Reads it from its beginning again. */
  startAnew(): void {
    this.offset = 0
    this.#anchor = Buffer.alloc(0)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
