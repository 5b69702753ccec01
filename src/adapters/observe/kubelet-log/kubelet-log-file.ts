import { stat } from 'node:fs/promises'
import { shownPath } from '../../../core/observe/host/byte-path.ts'
import {
  MOST_READ_AT_ONCE,
  type KubeletLogSource,
  type LoggedLine,
} from '../../../core/observe/host/kubelet-log.ts'
import type { Gap } from '../../../core/observe/gap.ts'
import { LineCutter } from './line-cutter.ts'
import { OpenFile } from './open-file.ts'
import { bytesOf, successors } from './rotated-files.ts'

/** Something with bytes to come, and the lines they are cut into. */
interface Stream {
  next(): Promise<Buffer | undefined>
  cutter: LineCutter
  /** Present for the file under the log's own name, or one that was. */
  file?: OpenFile
}

/**
 * Follows a log in a file. Rotated by renaming, the old file is read on as long as somebody writes to it; by copying and
 * emptying, what was not read yet is read from the copy, packed or not.
 */
export function kubeletLogFile(file: Buffer): KubeletLogSource {
  return new FollowedFile(file)
}

class FollowedFile implements KubeletLogSource {
  readonly #path: Buffer
  readonly #name: string
  /** What is to be read before the current file, oldest first. */
  #before: Stream[] = []
  #current: (Stream & { file: OpenFile }) | undefined
  #wasRead = false
  #lost: Gap | undefined

  constructor(file: Buffer) {
    this.#path = file
    this.#name = shownPath(file.toString('latin1'))
  }

  async read() {
    const lines: LoggedLine[] = []
    this.#lost = undefined
    try {
      await this.#follow()
      let budget = await this.#readSome(lines, MOST_READ_AT_ONCE)
      // What replaced it meanwhile comes with the same call, as far as there is room.
      while (budget > 0 && (await this.#follow())) budget = await this.#readSome(lines, budget)
      return this.#lost === undefined ? { lines } : { lines, gap: this.#lost }
    } catch (failure) {
      return { lines, gap: this.#gap(failure) }
    }
  }

  async close() {
    await Promise.all([...this.#before, ...(this.#current ? [this.#current] : [])].map(closed))
    this.#before = []
    this.#current = undefined
  }

  /** Reads what is there, within a budget of bytes; what is left of that is given back. */
  async #readSome(lines: LoggedLine[], most: number): Promise<number> {
    let budget = most
    if (!this.#current) await this.#begin()
    while (budget > 0) {
      const [stream = this.#current] = this.#before
      if (!stream) return budget
      const bytes = await this.#nextOf(stream)
      if (bytes) {
        budget -= bytes.length
        lines.push(...stream.cutter.push(bytes))
      } else if (stream === this.#current) {
        await stream.file?.look()
        return budget
      } else {
        lines.push(...stream.cutter.end())
        this.#before.shift()
        await closed(stream)
      }
    }
    return budget
  }

  /** A rotated file that cannot be read to its end does not keep the rest from being read. */
  async #nextOf(stream: Stream): Promise<Buffer | undefined> {
    try {
      return await stream.next()
    } catch (failure) {
      if (stream === this.#before[0]) await closed(this.#before.shift() as Stream)
      throw failure
    }
  }

  async #begin(): Promise<void> {
    const file = await OpenFile.open(this.#path, this.#wasRead ? 'beginning' : 'late')
    this.#wasRead = true
    this.#current = this.#streamOf(file)
  }

  #streamOf(file: OpenFile): Stream & { file: OpenFile } {
    return { file, next: () => file.next(), cutter: new LineCutter(this.#name, file.offset) }
  }

  /** Whether the log was rotated since it was last read to its end; then what comes next is made ready. */
  async #follow(): Promise<boolean> {
    const current = this.#current
    if (!current) return false
    if (await current.file.wasEmptied()) {
      await this.#goOnInCopies(current)
      return true
    }
    const named = await stat(this.#path).catch(() => undefined)
    // Between two names there is none; it comes.
    if (!named || named.ino === current.file.inode) return false
    // Who wrote to it may not know of its new name yet: it is left once the next one is written to.
    if (named.size === 0) return false
    const next = await OpenFile.open(this.#path, 'beginning')
    const { own, newer } = await successors(this.#path, current.file)
    // Packed, the old file has the time at which it was last written to.
    await current.file.look()
    const between = newer.filter(
      ({ inode, writtenAtMs }) => inode !== next.inode && (own || writtenAtMs > current.file.writtenAtMs),
    )
    this.#before = [current, ...between.map((rotated) => this.#rotated(bytesOf(rotated)))]
    this.#current = this.#streamOf(next)
    return true
  }

  /** The copy that was made before it was emptied has what was not read yet; copies after that one are new. */
  async #goOnInCopies({ file, cutter }: Stream & { file: OpenFile }): Promise<void> {
    const { own, newer } = await successors(this.#path, file)
    if (own) {
      const rest = newer.map((one) => this.#rotated(bytesOf(one)))
      this.#before.push(this.#rotated(bytesOf(own, file.offset), cutter), ...rest)
    } else {
      const detail = `${this.#name}: it was emptied, and no copy beside it holds what was written until then`
      this.#lost = { part: 'kubelet log', why: 'not-there', detail: detail.slice(0, 300) }
    }
    file.startAnew()
    this.#current = this.#streamOf(file)
  }

  #rotated(bytes: AsyncGenerator<Buffer>, cutter = new LineCutter(this.#name, 0)): Stream {
    return {
      cutter,
      async next() {
        const { value, done } = await bytes.next()
        return done ? undefined : value
      },
    }
  }

  #gap(failure: unknown): Gap {
    const { code, message } = failure as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'not-there' : 'unreachable'
    return { part: 'kubelet log', why, detail: `${this.#name}: ${code ?? message}`.slice(0, 300) }
  }
}

async function closed({ file }: Stream): Promise<void> {
  await file?.close().catch(() => undefined)
}
