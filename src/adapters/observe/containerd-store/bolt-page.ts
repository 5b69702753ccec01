/** What is wrong with a file that should be a bbolt database. */
export class DamagedBolt extends Error {}

/** Bytes before the elements of a page: its id, its flags, how many elements it has, how many pages more it takes. */
export const PAGE_HEADER = 16
const ELEMENT = 16
const BRANCH = 0x01
const LEAF = 0x02
const IS_BUCKET = 0x01

/** An element of a page: what leads to another page, or a key with its value. */
export type PageElement = { page: bigint } | { key: Buffer; value: Buffer; isBucket: boolean }

/** Reads the elements of a page, whole as it is. @throws {DamagedBolt} when it is no such page, or points out of itself. */
export function pageElements(page: Buffer): PageElement[] {
  if (page.length < PAGE_HEADER) throw new DamagedBolt('a page is cut')
  const flags = page.readUInt16LE(8)
  const count = page.readUInt16LE(10)
  if (flags !== BRANCH && flags !== LEAF) throw new DamagedBolt(`a page has the flags ${flags}`)
  if (PAGE_HEADER + count * ELEMENT > page.length) throw new DamagedBolt('a page has too many elements')
  let told = 0
  return Array.from({ length: count }, (_, index) => {
    const at = PAGE_HEADER + index * ELEMENT
    if (flags === BRANCH) return { page: page.readBigUInt64LE(at + 8) }
    const start = at + page.readUInt32LE(at + 4)
    const middle = start + page.readUInt32LE(at + 8)
    const end = middle + page.readUInt32LE(at + 12)
    told += end - start
    // Of a whole one no two lie in the same place: what they add up to is bounded.
    if (end > page.length || told > page.length) throw new DamagedBolt('an element points out of its page')
    return {
      key: page.subarray(start, middle),
      value: page.subarray(middle, end),
      isBucket: (page.readUInt32LE(at) & IS_BUCKET) !== 0,
    }
  })
}

/** The state of a database after a transaction. */
export interface BoltMeta {
  pageSize: number
  root: bigint
  /** The first page that is not part of the file. */
  end: bigint
  transaction: bigint
}

const MAGIC = 0xed0cdaed
const META = 64
const SUMMED = 56

/** Reads what a page says of the database; undefined where it is no such page, or was not written to its end. */
export function metaOf(page: Buffer): BoltMeta | undefined {
  const meta = page.subarray(PAGE_HEADER, PAGE_HEADER + META)
  if (meta.length < META || meta.readUInt32LE(0) !== MAGIC || meta.readUInt32LE(4) !== 2) return undefined
  if (meta.readBigUInt64LE(SUMMED) !== fnv1a(meta.subarray(0, SUMMED))) return undefined
  const pageSize = meta.readUInt32LE(8)
  if (!PAGE_SIZES.includes(pageSize)) return undefined
  return {
    pageSize,
    root: meta.readBigUInt64LE(16),
    end: meta.readBigUInt64LE(40),
    transaction: meta.readBigUInt64LE(48),
  }
}

/** A database has pages as large as the machine's that made it. */
export const PAGE_SIZES = [4096, 8192, 16_384, 32_768, 65_536]

/** The checksum of a page about the database: FNV-1a of 64 bits. */
export function fnv1a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return hash
}
