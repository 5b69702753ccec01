import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newestMeta, rootBucket, type BoltBucket } from './bolt-file.ts'
import { DamagedBolt } from './bolt-page.ts'
import { readingOf, writtenBolt, type Written } from './written-bolt.contract.ts'

const key = fc.string({
  unit: fc.nat(255).map((byte) => String.fromCharCode(byte)),
  minLength: 1,
  maxLength: 40,
})
const written = fc.letrec<{ bucket: Written; value: string }>((tie) => ({
  value: fc.string({ unit: fc.nat(255).map((byte) => String.fromCharCode(byte)), maxLength: 300 }),
  bucket: fc.dictionary(key, fc.oneof({ maxDepth: 4 }, tie('value'), tie('bucket')), {
    maxKeys: 12,
    noNullPrototype: false,
  }),
})).bucket
const layout = fc.record({
  pageSize: fc.constantFrom(4096, 16_384),
  mostElements: fc.integer({ min: 2, max: 8 }),
  inline: fc.boolean(),
})

async function all(bucket: BoltBucket): Promise<[string, unknown][]> {
  const found: [string, unknown][] = []
  for await (const [name, value] of bucket.entries())
    found.push([name, Buffer.isBuffer(value) ? value.toString('latin1') : await all(value)])
  return found
}

async function read(file: Buffer): Promise<[string, unknown][]> {
  const reading = readingOf(file)
  return all(rootBucket(reading, await newestMeta(reading)))
}

/** As a bucket gives it: in the order of the bytes of the keys. */
function sorted(bucket: Written): [string, unknown][] {
  const entries = Object.entries(bucket).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([name, value]) => [
    name,
    typeof value === 'string' || Buffer.isBuffer(value) ? value : sorted(value),
  ])
}

it('gives what was written, however it is laid out', async () => {
  await fc.assert(
    fc.asyncProperty(written, layout, async (content, how) => {
      expect(await read(writtenBolt(content, how))).toEqual(sorted(content))
    }),
  )
})

it('gives what is larger than a page', async () => {
  const large = 'x'.repeat(100_000)
  expect(await read(writtenBolt({ a: { b: large } }))).toEqual([['a', [['b', large]]]])
})

it('gives the state before, where the newest was not written to its end', async () => {
  const file = writtenBolt({ a: 'b' })
  file.fill(0, 4096 + 40, 4096 + 60)
  expect(await newestMeta(readingOf(file))).toMatchObject({ transaction: 7n })
  file.fill(0, 40, 60)
  await expect(newestMeta(readingOf(file))).rejects.toThrow(DamagedBolt)
})

it('ends, and throws nothing else, whatever is wrong with a file', async () => {
  const damage = fc.array(fc.tuple(fc.nat(40_000), fc.nat(255)), { minLength: 1, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(written, layout, damage, fc.nat(40_000), async (content, how, bytes, cut) => {
      const file = Buffer.from(writtenBolt(content, how))
      // Behind the pages about the database: otherwise it is no database, and that is the end of it.
      const from = 2 * how.pageSize
      for (const [at, byte] of bytes) file[from + (at % (file.length - from))] = byte
      const outcome = await read(cut < 20_000 ? file.subarray(0, from + cut) : file).catch(
        (failure: unknown) => failure,
      )
      expect(Array.isArray(outcome) || outcome instanceof DamagedBolt).toBe(true)
    }),
  )
})

it.each([
  ['itself', 4n],
  ['a page that is not there', 1n << 60n],
  ['the page about the database', 0n],
])('is not led round by a page that leads to %s', async (_, target) => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (__, index) => [`k${index}`, 'v']))
  const file = writtenBolt(many, { mostElements: 4 })
  const meta = await newestMeta(readingOf(file))
  const root = Number(meta.root) * 4096
  file.writeBigUInt64LE(target === 4n ? meta.root : target, root + 16 + 8)
  await expect(read(file)).rejects.toThrow(DamagedBolt)
})
