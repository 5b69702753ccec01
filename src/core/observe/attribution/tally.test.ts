import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CONSUMER_KINDS } from './disk-attribution.ts'
import { ownBytes, Tally, type WalkedDirectory } from './tally.ts'

const reading = (usedBytes: number) => ({
  at: 0,
  capacityBytes: usedBytes + 300,
  availableBytes: 200,
  usedBytes,
  inodes: 0,
  inodesFree: 0,
})

interface Tree {
  own: number
  below: readonly Tree[]
}
const tree = fc.letrec<{ tree: Tree; leaf: Tree; node: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 6 }, tie('leaf'), tie('node')),
  leaf: fc.record({ own: fc.nat(1e6), below: fc.constant([]) }),
  node: fc.record({ own: fc.nat(1e6), below: fc.array(tie('tree'), { maxLength: 4 }) }),
})).tree

/** As a walk tells it, to a depth: every directory after those below it. */
function told({ own, below }: Tree, path: string, depth: number): { rows: WalkedDirectory[]; bytes: number } {
  const inner = below.map((one, index) => told(one, `${path === '/' ? '' : path}/${index}`, depth - 1))
  const bytes = inner.reduce((sum, one) => sum + one.bytes, own)
  return { bytes, rows: [...(depth > 0 ? inner.flatMap(({ rows }) => rows) : []), { path, bytes }] }
}

it('takes from each directory what was told below it, and loses nothing', () => {
  fc.assert(
    fc.property(tree, fc.nat(6), (any, depth) => {
      const { rows, bytes } = told(any, '/', depth)
      const own = ownBytes()
      const owned = rows.map((row) => own(row))
      expect(owned.every((value) => value >= 0)).toBe(true)
      expect(owned.reduce((sum, value) => sum + value, 0)).toBe(bytes)
      expect(owned.at(-1)).toBe(depth === 0 ? bytes : any.own)
    }),
  )
})

it('adds up to the bytes in use, whatever was found, on every level', () => {
  const owner = fc.record(
    { kind: fc.constantFrom(...CONSUMER_KINDS.slice(0, -2)), name: fc.string(), pod: fc.string() },
    { requiredKeys: ['kind'] },
  )
  const found = fc.array(fc.tuple(owner, fc.integer({ min: 0, max: 1e12 })), { maxLength: 200 })
  fc.assert(
    fc.property(found, fc.nat(1e13), (all, usedBytes) => {
      const tally = new Tally()
      for (const [whose, bytes] of all) tally.add(whose, bytes)
      const { consumers, ...disk } = tally.attribution('/', reading(usedBytes))
      expect(consumers.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(usedBytes)
      expect(disk.usedBytes + disk.reservedBytes + disk.availableBytes).toBe(disk.capacityBytes)
      expect(consumers.at(-1)?.kind).toBe('remainder')
      for (const { bytes, consumers: parts } of consumers) {
        if (parts) expect(parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(bytes)
      }
    }),
  )
})

it('puts the smaller ones of a kind together, and counts them', () => {
  const tally = new Tally()
  for (let index = 1; index <= 30; index++) tally.add({ kind: 'empty-dirs', name: String(index) }, index)
  const [kind] = tally.attribution('/', reading(1000)).consumers
  expect(kind?.consumers).toHaveLength(21)
  expect(kind?.consumers?.at(-1)).toEqual({ kind: 'others', bytes: 55, count: 10 })
})
