import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeUnpackers } from '../../src/adapters/observe/log-file/unpackers.ts'
import { packingOf, unpack, type Packing } from '../../src/core/explain/input/unpack.ts'
import { browserUnpackers } from '../../src/web/explain/browser-unpackers.ts'
import { packedLine, XZ, ZSTD } from './packed-line.ts'

const text = Array.from({ length: 50_000 }, (_, index) => `line ${index} 磁盘`).join('\n')
const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024))

describe.each([
  ['Node.js', nodeUnpackers],
  ['the browser', browserUnpackers],
] as const)('what unpacks in %s', (_, unpackers) => {
  /** What is unpacked of bytes that come in pieces of so many, and whether it failed. */
  async function unpacked(packed: Uint8Array, length = 50_000, packing: Packing = 'gzip') {
    const count = Math.ceil(packed.length / length)
    const pieces = Array.from({ length: count }, (__, at) => packed.subarray(at * length, (at + 1) * length))
    const out: Uint8Array[] = []
    let failed = false
    try {
      for await (const piece of unpack(Readable.from(pieces), unpackers[packing], 'x')) out.push(piece)
    } catch {
      failed = true
    }
    return { text: Buffer.concat(out).toString(), failed }
  }

  it.each([
    ['xz', XZ],
    ['zstd', ZSTD],
  ] as const)('unpacks %s, and fails where it is cut', async (packing, base64) => {
    const packed = Buffer.from(base64, 'base64')
    expect(packingOf(packed)).toBe(packing)
    expect(await unpacked(packed, 7, packing)).toEqual({ text: packedLine, failed: false })
    expect((await unpacked(packed.subarray(0, -20), 7, packing)).failed).toBe(true)
  })

  it('unpacks all members of a gzip file, however they are cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 0, max: 30 }),
        async (members, length, filling) => {
          const packed = Buffer.concat([...members.map((member) => gzipSync(member)), Buffer.alloc(filling)])
          const wanted = Buffer.from(members.join('')).toString()
          expect(await unpacked(packed, length)).toEqual({ text: wanted, failed: false })
        },
      ),
    )
  })

  it('unpacks more than there is room for at once', async () => {
    expect(await unpacked(Buffer.concat([gzipSync(text), gzipSync(text)]))).toEqual({
      text: text + text,
      failed: false,
    })
  })

  it('gives what there is of a cut gzip file, then fails', async () => {
    const packed = gzipSync(text)
    const { text: beginning, failed } = await unpacked(packed.subarray(0, packed.length / 2))
    expect(failed).toBe(true)
    expect(beginning.length).toBeGreaterThan(text.length / 4)
    expect(text.startsWith(beginning.slice(0, -1))).toBe(true)
    expect((await unpacked(packed.subarray(0, -3))).failed).toBe(true)
  })

  it('fails where a checksum is wrong, or what follows is no gzip', async () => {
    const packed = gzipSync(text)
    const wrong = Buffer.from(packed)
    wrong[wrong.length - 8] = (wrong[wrong.length - 8] ?? 0) ^ 1
    expect((await unpacked(wrong)).failed).toBe(true)
    expect((await unpacked(Buffer.concat([packed, Buffer.from('rubbish')]))).failed).toBe(true)
  })

  it('stops where something unpacks to more than any log would', async () => {
    const bomb = Readable.from(Array.from({ length: 8 }, () => zeros))
    let most = 0
    let size = 0
    await expect(async () => {
      for await (const piece of unpack(bomb, unpackers.gzip, 'x')) {
        most = Math.max(most, piece.length)
        size += piece.length
      }
    }).rejects.toMatchObject({ code: 'KP_INPUT_TOO_DENSE' })
    expect(most).toBeLessThan(1024 * 1024)
    expect(size).toBeLessThan(300 * 1024 * 1024)
  })
})
