import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { isLogName } from './log-names.ts'

const MAGIC_AT = 257
const MAGIC = 'ustar'
const MOST_ENTRIES = 100_000

/** A file in an archive. */
export interface ArchivedFile {
  /** Where it is in the archive. */
  name: string
  bytes: AsyncIterable<Uint8Array>
}

/** Whether bytes begin like a tar archive. */
export function isArchive(beginning: Uint8Array): boolean {
  return Buffer.from(beginning.subarray(MAGIC_AT, MAGIC_AT + MAGIC.length)).toString('latin1') === MAGIC
}

/** The logs in a tar archive, one after the other as it is read; nothing is written anywhere. Each has to be read before the next. */
export async function* archivedLogs(archive: AsyncIterable<Uint8Array>): AsyncGenerator<ArchivedFile> {
  const entries = extract()
  const source = Readable.from(archive, { objectMode: false })
  source.on('error', (cause) => entries.destroy(cause))
  source.pipe(entries)
  let seen = 0
  try {
    for await (const entry of entries) {
      const { name, type } = entry.header
      if (++seen > MOST_ENTRIES) break
      if (type === 'file' && isLogName(name.split('/').at(-1) ?? ''))
        yield { name, bytes: leftOpen(entry as AsyncIterable<Uint8Array>) }
      entry.resume()
    }
  } finally {
    source.destroy()
    entries.destroy()
  }
}

/** The bytes of a file in the archive; who has seen enough of it does not close the archive. */
async function* leftOpen(entry: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = entry[Symbol.asyncIterator]()
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
}
