import { DamagedBolt, metaOf, PAGE_HEADER, PAGE_SIZES, pageElements, type BoltMeta } from './bolt-page.ts'

/** Reads so many bytes of a file from a position on, or as many as there are. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>

/** Keys and values, and buckets in it. A key is bytes, each a character. */
export interface BoltBucket {
  /** @throws {DamagedBolt} */
  entries(): AsyncGenerator<readonly [key: string, value: Buffer | BoltBucket]>
  /** A bucket in it; undefined where there is none so called. @throws {DamagedBolt} */
  bucket(key: string): Promise<BoltBucket | undefined>
}

/** Of one reading, so many bytes are read at most: a database of metadata has some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024
const MOST_ONE_PAGE = 16 * 1024 * 1024
/** Pages on the way from the root of a bucket to a value; one more halves the file at least. */
const DEEPEST = 32

/** The newest state that a database was left in. @throws {DamagedBolt} when neither of its two pages tells. */
export async function newestMeta(read: ReadAt): Promise<BoltMeta> {
  const sizes = [0, ...PAGE_SIZES]
  const metas = await Promise.all(sizes.map(async (at) => metaOf(await read(at, 512))))
  const [newest] = metas
    .filter((meta) => meta !== undefined)
    .toSorted((a, b) => Number(b.transaction - a.transaction))
  if (!newest) throw new DamagedBolt('it is no database, or a damaged one')
  return newest
}

/** The outermost bucket of a database. It is read as it is asked for, and no more of it than a bound. */
export function rootBucket(read: ReadAt, { pageSize, root, end }: BoltMeta): BoltBucket {
  let bytesLeft = MOST_BYTES

  async function page(id: bigint): Promise<Buffer> {
    if (id < 2n || id >= end || id > BigInt(Math.floor(Number.MAX_SAFE_INTEGER / pageSize)))
      throw new DamagedBolt('a page is referred to that is not there')
    const at = Number(id) * pageSize
    const first = await taken(at, pageSize)
    if (first.length < PAGE_HEADER || first.readBigUInt64LE(0) !== id)
      throw new DamagedBolt('a page is not the one that is referred to')
    const more = first.readUInt32LE(12)
    if (more === 0) return first
    if (more * pageSize > MOST_ONE_PAGE) throw new DamagedBolt('a page is too large')
    return taken(at, (1 + more) * pageSize)
  }

  async function taken(at: number, length: number): Promise<Buffer> {
    bytesLeft -= length
    if (bytesLeft < 0) throw new DamagedBolt('it is too large, or leads in a circle')
    const bytes = await read(at, length)
    if (bytes.length < length) throw new DamagedBolt('it is cut')
    return bytes
  }

  async function* entriesOf(content: Buffer, depth: number): ReturnType<BoltBucket['entries']> {
    if (depth > DEEPEST) throw new DamagedBolt('it is too deep, or leads in a circle')
    for (const element of pageElements(content)) {
      if ('page' in element) yield* entriesOf(await page(element.page), depth + 1)
      else
        yield [
          element.key.toString('latin1'),
          element.isBucket ? bucketOf(element.value) : element.value,
        ] as const
    }
  }

  function bucketAt(content: () => Promise<Buffer> | Buffer): BoltBucket {
    async function* entries() {
      yield* entriesOf(await content(), 0)
    }
    return {
      entries,
      async bucket(key) {
        for await (const [name, value] of entries())
          if (name === key) return Buffer.isBuffer(value) ? undefined : value
        return undefined
      },
    }
  }

  /** A small bucket has its only page right in the value. */
  function bucketOf(value: Buffer): BoltBucket {
    if (value.length < 16) throw new DamagedBolt('a bucket is cut')
    const own = value.readBigUInt64LE(0)
    return bucketAt(() => (own === 0n ? value.subarray(16) : page(own)))
  }

  return bucketAt(() => page(root))
}
