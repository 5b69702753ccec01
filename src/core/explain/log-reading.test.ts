import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FoldedFact } from './facts/fact.ts'
import { fileKind, isText, LogReading } from './log-reading.ts'
import type { FileKind } from './search/reach.ts'
import { SegmentFeed } from './search/segment-feed.ts'
import { SEGMENT, SegmentSearch } from './search/segment-search.ts'

const decode = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('utf8')
const search = new SegmentSearch(decode)

/** Reads bytes cut into pieces of these lengths, the last one over and over; segments as if another thread read them. */
function read(bytes: Uint8Array, kind: FileKind, cuts: readonly number[] = [65_536]) {
  const feed = new SegmentFeed(search, kind)
  const reading = new LogReading({ file: 'log', year: 2026 }, { imageNames: new Map() })
  for (let at = 0, cut = 0; at < bytes.length; cut++) {
    const length = cuts[Math.min(cut, cuts.length - 1)] ?? 1
    for (const found of feed.push(bytes.subarray(at, at + length))) reading.take(structuredClone(found))
    at += length
  }
  for (const found of feed.end()) reading.take(structuredClone(found))
  const facts = reading.end()
  return { facts, lines: reading.lines }
}

/** What has to be the same however a log is read. */
const essence = (facts: readonly FoldedFact[]) =>
  facts.map(({ id, at, count, lastAt, source, fields, raw }) => ({
    id,
    at,
    count,
    lastAt,
    source,
    fields,
    raw,
  }))

const logs = readdirSync('recordings')
  .filter((name) => name !== 'air-gapped')
  .map((name) => gunzipSync(readFileSync(`recordings/${name}/kubelet.log.gz`)))
const long = Buffer.concat(logs)

describe('LogReading', () => {
  it('reads from a searched log what it reads from every line of it', () => {
    for (const log of logs) {
      const whole = read(log, 'small')
      const searched = read(log, 'log')
      expect(searched.lines).toBe(whole.lines)
      expect(essence(searched.facts)).toEqual(essence(whole.facts))
      expect(whole.facts.length).toBeGreaterThan(0)
    }
  })

  it('reads the same over segments', () => {
    expect(long.length).toBeGreaterThan(3 * SEGMENT)
    const whole = read(long, 'small')
    expect(whole.lines).toBe(long.toString().split('\n').length - 1)
    for (const kind of ['log', 'other'] as const) {
      expect(essence(read(long, kind).facts)).toEqual(essence(whole.facts))
    }
  })

  it('reads the same however the bytes are cut', () => {
    const log = long.subarray(0, SEGMENT + 200_000)
    const expected = read(log, 'log')
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300_000 }), { minLength: 1, maxLength: 8 }), (cuts) => {
        // The last length comes over and over: not too small.
        expect(read(log, 'log', [...cuts, 50_000])).toEqual(expected)
      }),
      { numRuns: 10 },
    )
  })

  it('reads the same wherever a segment ends', () => {
    const records = [
      'Nov 07 05:44:51 host kubelet[1]: E1107 05:44:51.829886   13241 a.go:1] "Failed to pull image" err=<',
      '\trpc error: code = Unknown desc = failed to pull and unpack image "docker.io/library/a:1":',
      '\tno space left on device',
      ' > image="docker.io/library/a:1"',
      'Nov 07 05:44:52 host kubelet[1]: E1107 05:44:52.829886   13241 a.go:1] eviction manager: must evict pod(s) to',
      '  reclaim ephemeral-storage',
      'Nov 07 05:44:53 host kernel: EXT4-fs warning (device vda1): ext4_dx_add_entry:2106: Directory index full!',
      'Nov 07 05:44:54 host kubelet[1]: I1107 05:44:54.829886   13241 a.go:1] nothing to see',
    ]
    const log = Buffer.from(`${records.join('\n')}\n`.repeat(3))
    const whole = read(log, 'small')
    expect(whole.facts.length).toBeGreaterThan(2)
    const filler = (length: number) =>
      `Nov 07 05:44:50 host kubelet[1]: I1107 05:44:50.829886   13241 a.go:1] ${'-'.repeat(length)}\n`
    const wide = filler(10_000)
    const count = Math.floor((SEGMENT - log.length - 200) / wide.length)
    const before = Buffer.from(wide.repeat(count))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: log.length }), (inside) => {
        const gap = SEGMENT - inside - before.length - filler(0).length
        const shifted = read(Buffer.concat([before, Buffer.from(filler(gap)), log]), 'log')
        const moved = ({ facts }: typeof whole, lines: number) =>
          essence(facts).map((fact) => ({ ...fact, source: fact.source.line - lines }))
        expect(moved(shifted, count + 1)).toEqual(moved(whole, 0))
      }),
      { numRuns: 25 },
    )
  })

  it('reads the same with CRLF', () => {
    const log = logs[0] ?? Buffer.alloc(0)
    const crlf = Buffer.from(log.toString().replaceAll('\n', '\r\n'))
    for (const kind of ['small', 'log'] as const) {
      const essenceOf = (bytes: Uint8Array) =>
        essence(read(bytes, kind).facts).map((fact) => ({ ...fact, raw: fact.raw.trimEnd() }))
      expect(essenceOf(crlf)).toEqual(essenceOf(log))
    }
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 200 }),
            fc
              .constantFrom(...long.toString('latin1').split('\n').slice(500, 700))
              .map((line) => Buffer.from(`${line}\n`)),
          ),
          { maxLength: 40 },
        ),
        fc.constantFrom<FileKind>('small', 'log', 'other'),
        (pieces, kind) => {
          const bytes = Buffer.concat(pieces)
          const newlines = bytes.filter((byte) => byte === 10).length
          const { lines } = read(bytes, kind)
          expect(lines).toBe(bytes.length === 0 || bytes.at(-1) === 10 ? newlines : newlines + 1)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('passes over what is left of a line that is too long', () => {
    const line =
      'Nov 07 05:44:51 host kubelet[1]: E1107 05:44:51.829886   13241 a.go:1] eviction manager: must evict pod(s) to reclaim ephemeral-storage\n'
    const log = Buffer.concat([
      Buffer.from(line),
      Buffer.alloc(5 * SEGMENT, 'eviction manager: '),
      Buffer.from(`\n${line}`),
    ])
    for (const kind of ['log', 'small'] as const) {
      const { facts, lines } = read(log, kind)
      expect(lines).toBe(3)
      expect(facts.map(({ id, count }) => ({ id, count }))).toEqual([{ id: 'eviction-must-evict', count: 2 }])
      expect(facts[0]?.evidence.map((place) => place.line)).toEqual([1, 3])
    }
  })

  it('reads a line with the NUL bytes of a crash before it', () => {
    const line =
      'E1107 05:44:51.829886   13241 a.go:1] eviction manager: must evict pod(s) to reclaim ephemeral-storage\n'
    expect(read(Buffer.from(`\0\0\0\0${line}`), 'log').facts).toHaveLength(1)
  })
})

describe('what a file is', () => {
  it('tells logs of one record a line from others', () => {
    const sample = long.subarray(0, 65_536).toString()
    expect(fileKind(sample, undefined)).toBe('log')
    expect(fileKind(sample, 1000)).toBe('small')
    expect(fileKind('Once upon a time\nthere was a log.\n'.repeat(100), 1e9)).toBe('other')
    expect(fileKind('', undefined)).toBe('other')
  })

  it('tells text from what is none', () => {
    expect(isText(Buffer.from('text \u001b[31m 磁盘\r\n'))).toBe(true)
    expect(isText(Buffer.from('crashed \0\0\0\0\0\0\0\0\0\0 here'))).toBe(true)
    expect(isText(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]))).toBe(false)
    expect(isText(Buffer.alloc(100))).toBe(false)
    expect(isText(new Uint8Array())).toBe(true)
  })
})
