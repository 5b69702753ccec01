import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logsIn } from '../../../core/explain/input/logs.ts'
import { packingOf, unpack } from '../../../core/explain/input/unpack.ts'
import { logSource, nodeReading } from './log-source.ts'
import { SearchPool } from './search-pool.ts'
import { nodeUnpackers } from './unpackers.ts'

const text = Array.from({ length: 50_000 }, (_, index) => `line ${index} 磁盘`).join('\n')
const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024))
const pool = new SearchPool(1, new URL(import.meta.url))
let folder = ''
const at = (name: string) => path.join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-logs-'))
  await writeFile(at('plain.log'), text)
  await writeFile(at('old.log.gz'), gzipSync(text))
  await writeFile(at('twice.log.gz'), Buffer.concat([gzipSync(text), gzipSync(text)]))
  await writeFile(at('cut.log.gz'), gzipSync(text).subarray(0, 100_000))
  const archive = pack()
  archive.entry({ name: 'sos/etc/passwd' }, 'root')
  archive.entry({ name: 'sos/var/log/messages' }, text)
  archive.entry({ name: './sos/var/log/messages-1.gz' }, gzipSync(text))
  archive.entry({ name: 'sos/var/log/link.log', type: 'symlink', linkname: '/etc/passwd' })
  archive.finalize()
  await writeFile(at('sos.tar.gz'), gzipSync(await buffer(archive)))
})
afterAll(() => rm(folder, { recursive: true }))

/** What is read of every log of a file, and how it ended. */
async function read(name: string) {
  const logs: { path: string; text: string; failed: boolean }[] = []
  for await (const log of logsIn(logSource(at(name), pool), nodeReading(pool), {
    read: 0,
    total: undefined,
  })) {
    const pieces: Uint8Array[] = []
    let failed = false
    try {
      for await (const piece of log.bytes) pieces.push(piece)
    } catch {
      failed = true
    }
    logs.push({ path: path.relative(folder, log.path), text: Buffer.concat(pieces).toString(), failed })
  }
  return logs
}

describe('logsIn', () => {
  it.each([
    ['plain.log', text],
    ['old.log.gz', text],
    ['twice.log.gz', text + text],
  ])('reads %s', async (name, content) => {
    expect(await read(name)).toEqual([{ path: name, text: content, failed: false }])
  })

  it('reads what there is of a cut file, then fails', async () => {
    const [log] = await read('cut.log.gz')
    expect(log?.failed).toBe(true)
    expect(log?.text.length).toBeGreaterThan(300_000)
    expect(text.startsWith(log?.text ?? '')).toBe(true)
  })

  it('reads the logs of an archive, packed ones too, and nothing else', async () => {
    expect(await read('sos.tar.gz')).toEqual([
      { path: 'sos.tar.gz/sos/var/log/messages', text, failed: false },
      { path: 'sos.tar.gz/sos/var/log/messages-1.gz', text, failed: false },
    ])
  })
})

describe('unpack', () => {
  const line =
    'line 1\nNov  7 06:20:49 n kubelet: E1107 06:20:49.829886   13241 file_linux.go:61] Unable to read config path "/etc/kubernetes/manifests": path does not exist, ignoring\n'
  it.each([
    [
      'xz',
      '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4ACnAJFdADYaSh8IoCtuxpXe7alhSpp5oxL8c71YgIOtpsNU+khAkBxNh+A6G2+5oTS6ZH0jqG8pW8wSnQx63kdzFzMoYyGRl1jf10cKg1zHlhGx4LMLv/NJWImHG/xzOu8BEpyRnyOuW9qnf9SbNeORDScutwPo6w1/QIkvPcc0ghawmB4KzQDg6uLR8fq6H4ZgWgm5AAAAAAAAJyVjjR/2giAAAa0BqAEAAICkqtKxxGf7AgAAAAAEWVo=',
    ],
    [
      'zstd',
      'KLUv/SSoPQQAgskeHVDJ5gzTPi1ye9GO2kjMJNJEY40eiiFMaKNqrB4CxluteJ8e0FGvfPM+JkvtiB1z0nWJJGbnVglZVBJ1JscR7RR/Oi1Hl1xW535CyG3hBtY0fshlrcJDQp3OmCXA/jeO8ywOojA2eOuECVnU9w/TlKU1ygX/ggkGe67CAgBZUSO6t/kEebsgkQ==',
    ],
  ] as const)('unpacks %s', async (packing, base64) => {
    const packed = Buffer.from(base64, 'base64')
    expect(packingOf(packed)).toBe(packing)
    expect((await buffer(unpack(Readable.from([packed]), nodeUnpackers[packing], 'x'))).toString()).toBe(line)
    await expect(
      buffer(unpack(Readable.from([packed.subarray(0, -20)]), nodeUnpackers[packing], 'x')),
    ).rejects.toThrow()
  })

  it('stops where something unpacks to more than any log would', async () => {
    const bomb = Readable.from(Array.from({ length: 8 }, () => zeros))
    let most = 0
    let size = 0
    await expect(async () => {
      for await (const piece of unpack(bomb, nodeUnpackers.gzip, 'x')) {
        most = Math.max(most, piece.length)
        size += piece.length
      }
    }).rejects.toMatchObject({ code: 'KP_INPUT_TOO_DENSE' })
    expect(most).toBeLessThan(1024 * 1024)
    expect(size).toBeLessThan(300 * 1024 * 1024)
  })
})
