import { fnv1a } from './bolt-page.ts'
import type { ReadAt } from './bolt-file.ts'

/** A bucket to be written; keys are bytes, each a character. */
export interface Written {
  [key: string]: Buffer | string | Written
}

/** How a database is laid out. */
export interface Layout {
  pageSize: number
  /** Of a page; more are put on several, with one that leads to them. */
  mostElements: number
  /** Whether buckets that fit are written right into the value. */
  inline: boolean
  /** The number of the transaction before the newest. */
  transaction: bigint
}

const PLAIN: Layout = { pageSize: 4096, mostElements: 20, inline: true, transaction: 7n }

/** Writes a database as bbolt lays it out. */
export function writtenBolt(content: Written, layout: Partial<Layout> = {}): Buffer {
  const { pageSize, mostElements, inline, transaction } = { ...PLAIN, ...layout }
  const pages: Buffer[] = []
  let next = 4

  const page = (flags: number, elements: readonly Element[], id: number): Buffer => {
    const head = 16 + 16 * elements.length
    const bytes = Buffer.alloc(
      head + elements.reduce((sum, { key, value }) => sum + key.length + value.length, 0),
    )
    bytes.writeBigUInt64LE(BigInt(id), 0)
    bytes.writeUInt16LE(flags, 8)
    bytes.writeUInt16LE(elements.length, 10)
    let at = head
    for (const [index, { key, value, isBucket, child }] of elements.entries()) {
      const element = 16 + 16 * index
      if (child === undefined) {
        bytes.writeUInt32LE(isBucket ? 1 : 0, element)
        bytes.writeUInt32LE(at - element, element + 4)
        bytes.writeUInt32LE(key.length, element + 8)
        bytes.writeUInt32LE(value.length, element + 12)
      } else {
        bytes.writeUInt32LE(at - element, element)
        bytes.writeUInt32LE(key.length, element + 4)
        bytes.writeBigUInt64LE(BigInt(child), element + 8)
      }
      at += key.copy(bytes, at)
      at += value.copy(bytes, at)
    }
    return bytes
  }

  const put = (flags: number, elements: readonly Element[]): number => {
    const id = next
    const bytes = page(flags, elements, id)
    const count = Math.ceil(bytes.length / pageSize)
    bytes.writeUInt32LE(count - 1, 12)
    pages.push(Buffer.concat([bytes, Buffer.alloc(count * pageSize - bytes.length)]))
    next += count
    return id
  }

  const rootOf = (flags: number, elements: readonly Element[]): number => {
    if (elements.length <= mostElements) return put(flags, elements)
    const chunks = Array.from({ length: Math.ceil(elements.length / mostElements) }, (_, index) =>
      elements.slice(index * mostElements, (index + 1) * mostElements),
    )
    const above = chunks.map((chunk) => ({
      key: chunk[0]?.key ?? Buffer.of(),
      value: Buffer.of(),
      isBucket: false,
      child: put(flags, chunk),
    }))
    return rootOf(BRANCH, above)
  }

  const bucket = (written: Written, mayBeInline: boolean): Buffer => {
    const elements = Object.entries(written)
      .map(([key, value]) => element(key, value))
      .toSorted((a, b) => Buffer.compare(a.key, b.key))
    const isSmall = elements.length <= mostElements && elements.every(({ isBucket }) => !isBucket)
    const own = page(LEAF, elements, 0)
    const isInline = mayBeInline && isSmall && own.length < pageSize / 4
    const head = Buffer.alloc(16)
    if (!isInline) head.writeBigUInt64LE(BigInt(rootOf(LEAF, elements)), 0)
    return isInline ? Buffer.concat([head, own]) : head
  }

  const element = (key: string, value: Written[string]): Element => ({
    key: Buffer.from(key, 'latin1'),
    value:
      typeof value === 'string'
        ? Buffer.from(value, 'latin1')
        : Buffer.isBuffer(value)
          ? value
          : bucket(value, inline),
    isBucket: typeof value !== 'string' && !Buffer.isBuffer(value),
  })

  const root = bucket(content, false).readBigUInt64LE(0)
  const free = [page(0x10, [], 2), page(0x10, [], 3)].map((bytes) => filled(bytes, pageSize))
  const metas = [0, 1].map((id) => filled(meta(id, { pageSize, root, end: next, transaction }), pageSize))
  return Buffer.concat([...metas, ...free, ...pages])
}

/** Reads from a file that is all in memory. */
export function readingOf(file: Buffer): ReadAt {
  return async (position, length) => file.subarray(position, position + length)
}

interface Element {
  key: Buffer
  value: Buffer
  isBucket: boolean
  child?: number
}

const BRANCH = 1
const LEAF = 2

function meta(
  id: number,
  { pageSize, root, end, transaction }: { pageSize: number; root: bigint; end: number; transaction: bigint },
): Buffer {
  const bytes = Buffer.alloc(80)
  bytes.writeBigUInt64LE(BigInt(id), 0)
  bytes.writeUInt16LE(4, 8)
  bytes.writeUInt32LE(0xed0cdaed, 16)
  bytes.writeUInt32LE(2, 20)
  bytes.writeUInt32LE(pageSize, 24)
  bytes.writeBigUInt64LE(root, 32)
  bytes.writeBigUInt64LE(2n, 48)
  bytes.writeBigUInt64LE(BigInt(end), 56)
  bytes.writeBigUInt64LE(transaction + BigInt(id), 64)
  bytes.writeBigUInt64LE(fnv1a(bytes.subarray(16, 72)), 72)
  return bytes
}

function filled(bytes: Buffer, size: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(size - bytes.length)])
}
