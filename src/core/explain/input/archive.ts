import type { Decode } from '../search/line-bytes.ts'
import { isLogName } from './log-names.ts'
import { ByteReader } from './byte-reader.ts'
import { BLOCK, longName, tarHeader, type TarHeader } from './tar-header.ts'

const MAGIC_AT = 257
const MAGIC = [0x75, 0x73, 0x74, 0x61, 0x72]
const MOST_ENTRIES = 100_000
/** No name is as long as this. */
const MOST_NAME = 1024 * 1024

/** A file in an archive. */
export interface ArchivedFile {
  /** Where it is in the archive. */
  name: string
  bytes: AsyncIterable<Uint8Array>
}

/** Whether bytes begin like a tar archive. */
export function isArchive(beginning: Uint8Array): boolean {
  return MAGIC.every((byte, index) => beginning[MAGIC_AT + index] === byte)
}

/**
 * The logs in a tar archive, one after the other as it is read; nothing is written anywhere. Each has to be read
 * before the next.
 * @throws {RangeError} where it is cut or no archive
 */
export async function* archivedLogs(
  archive: AsyncIterable<Uint8Array>,
  decode: Decode,
): AsyncGenerator<ArchivedFile> {
  const reader = new ByteReader(archive)
  try {
    for (let seen = 0; seen < MOST_ENTRIES; seen++) {
      const header = await nextHeader(reader, decode)
      if (!header) return
      const left = { length: header.length }
      if (header.isFile && isLogName(header.name.split('/').at(-1) ?? '')) {
        yield { name: header.name, bytes: reader.pieces(left) }
      }
      await reader.skip(left.length + padding(header.length))
    }
  } finally {
    await reader.close()
  }
}

/** The header of the next entry, under the long name that entries before it may give it. */
async function nextHeader(reader: ByteReader, decode: Decode): Promise<TarHeader | undefined> {
  let better: Partial<TarHeader> = {}
  for (;;) {
    const block = await reader.take(BLOCK)
    if (!block) return undefined
    const header = tarHeader(block, decode)
    // An archive ends with blocks of zeros, and another one may follow them.
    if (!header) continue
    if (header.kind === 'entry') return { ...header, ...better }
    const isTooLong = header.length > MOST_NAME
    const content = isTooLong ? undefined : await reader.take(header.length)
    await reader.skip((isTooLong ? header.length : 0) + padding(header.length))
    if (content) better = { ...better, ...longName(header.kind, content, decode) }
  }
}

function padding(length: number): number {
  return (BLOCK - (length % BLOCK)) % BLOCK
}
