import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logsIn } from '../../../core/explain/input/logs.ts'
import { logSource, nodeReading } from './log-source.ts'
import { SearchPool } from './search-pool.ts'

const text = Array.from({ length: 50_000 }, (_, index) => `line ${index} 磁盘`).join('\n')
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
