import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { archivedLogs, isArchive } from './archive.ts'

const decode = (bytes: Uint8Array, from: number, to: number) =>
  Buffer.from(bytes.subarray(from, to)).toString('utf8')

interface Entry {
  name: string
  type?: 'directory' | 'symlink'
  linkname?: string
  content?: Uint8Array
}

/** An archive as another program writes it. */
async function archiveOf(entries: readonly Entry[]): Promise<Uint8Array> {
  const archive = pack()
  for (const { content = new Uint8Array(0), ...entry } of entries) {
    archive.entry({ ...entry, size: content.length }, Buffer.from(content))
  }
  archive.finalize()
  return buffer(archive)
}

/** What is read of an archive that comes in pieces of so many bytes. */
async function read(archive: Uint8Array, length = archive.length) {
  const pieces = Array.from({ length: Math.ceil(archive.length / length) }, (_, index) =>
    archive.subarray(index * length, (index + 1) * length),
  )
  const logs: { name: string; content: string }[] = []
  for await (const { name, bytes } of archivedLogs(Readable.from(pieces), decode)) {
    logs.push({ name, content: (await buffer(bytes)).toString('latin1') })
  }
  return logs
}

const blocks = (text: string) =>
  Buffer.concat([Buffer.from(text), Buffer.alloc(511 - ((text.length - 1) % 512))])

/** A header as GNU tar and old programs write it. */
function header(name: string, type: string, size: string, magic = 'ustar  \0'): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0)
  block.write(size, 124)
  block.write('        ', 148)
  block.write(type, 156)
  block.write(magic, 257)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

describe('a tar archive', () => {
  it('gives the logs that another program put into it, however it is cut into pieces', async () => {
    const segment = fc.stringMatching(/^[a-z0-9磁盘 ]{1,60}$/)
    const file = fc.record({
      folders: fc.array(segment, { maxLength: 6 }),
      content: fc.uint8Array({ maxLength: 2000 }),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { maxLength: 6 }),
        fc.integer({ min: 1, max: 3000 }),
        async (files, length) => {
          const entries = files.map(({ folders, content }, index) => ({
            name: [...folders, `${index}.log`].join('/'),
            content,
          }))
          const archive = await archiveOf(entries)
          const wanted = entries.map(({ name, content }) => ({
            name,
            content: Buffer.from(content).toString('latin1'),
          }))
          expect(await read(archive, length)).toEqual(wanted)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('passes over what is no regular file or no log, and what nobody reads', async () => {
    const archive = await archiveOf([
      { name: 'sos/', type: 'directory' },
      { name: 'sos/link.log', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'sos/passwd', content: Buffer.from('root') },
      { name: 'sos/messages', content: Buffer.from('x'.repeat(2000)) },
      { name: 'sos/dmesg', content: Buffer.from('y') },
    ])
    expect(isArchive(archive)).toBe(true)
    const names: string[] = []
    for await (const { name } of archivedLogs(Readable.from([archive]), decode)) names.push(name)
    expect(names).toEqual(['sos/messages', 'sos/dmesg'])
  })

  it('reads what GNU tar and old programs write', async () => {
    const long = `${'deep/'.repeat(40)}kubelet.log`
    const archive = Buffer.concat([
      header('././@LongLink', 'L', `${(long.length + 1).toString(8)}\0`),
      blocks(`${long}\0`),
      header('deep/kube', '0', '00000000002 '),
      blocks('ab'),
      header('messages', '\0', '1\0', 'ustar\u000000'),
      blocks('c'),
      Buffer.alloc(1024),
    ])
    expect(await read(archive, 700)).toEqual([
      { name: long, content: 'ab' },
      { name: 'messages', content: 'c' },
    ])
  })

  it('fails where it is cut or damaged, after what comes before', async () => {
    const archive = Buffer.from(await archiveOf([{ name: 'a.log', content: Buffer.from('x'.repeat(1000)) }]))
    await expect(read(archive.subarray(0, 1000))).rejects.toThrow('unexpected end')
    await expect(read(archive.subarray(0, 300))).rejects.toThrow('unexpected end')
    archive[3] = 7
    await expect(read(archive)).rejects.toThrow('no header')
  })

  it('ends, whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, isFirst) => {
        const log = await archiveOf([{ name: 'a.log', content: Buffer.from('x') }])
        await read(Buffer.concat(isFirst ? [bytes, log] : [log.subarray(0, 1024), bytes])).catch(
          (failure: unknown) => expect(failure).toBeInstanceOf(RangeError),
        )
      }),
      { numRuns: 100 },
    )
  })
})
