import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logFiles } from './log-files.ts'
import { readLines } from './read-lines.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)
const text = Array.from({ length: 5000 }, (_, index) => `line ${index} 磁盘`).join('\n')

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-log-'))
  await writeFile(at('kubelet.log'), text)
  await writeFile(at('old.log.gz'), gzipSync(text))
  await writeFile(at('cut.log.gz'), gzipSync(text).subarray(0, 2000))
  await writeFile(at('empty.log'), '')
  await writeFile(at('binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]))
  await writeFile(at('long.log'), `${'x'.repeat(100_000)}\nshort`)
  await mkdir(at('folder'))
  await writeFile(at('folder/messages-1'), 'b')
  await writeFile(at('folder/a.log'), 'a')
  await writeFile(at('folder/objects.json'), '{}')
  await symlink('/etc/passwd', at('folder/link.log'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(name: string): Promise<{ lines: string[]; code?: string }> {
  const lines: string[] = []
  try {
    for await (const line of readLines(at(name))) lines.push(line)
    return { lines }
  } catch (cause) {
    return { lines, code: (cause as { code: string }).code }
  }
}

describe('readLines', () => {
  it.each(['kubelet.log', 'old.log.gz'])('reads %s', async (name) => {
    expect((await read(name)).lines).toEqual(text.split('\n'))
  })

  it('reads what there is of a cut gzip file, and says that it is cut', async () => {
    const { lines, code } = await read('cut.log.gz')
    expect(code).toBe('KP_INPUT_TRUNCATED')
    expect(lines.length).toBeGreaterThan(100)
    expect(lines[1]).toBe('line 1 磁盘')
  })

  it('finds nothing in an empty file', async () => {
    expect(await read('empty.log')).toEqual({ lines: [] })
  })

  it('refuses what is no text', async () => {
    expect(await read('binary')).toEqual({ lines: [], code: 'KP_INPUT_BINARY' })
  })

  it('says so when it cannot read', async () => {
    expect(await read('folder')).toEqual({ lines: [], code: 'KP_INPUT_UNREADABLE' })
  })

  it('cuts a line that is too long', async () => {
    expect((await read('long.log')).lines.map(({ length }) => length)).toEqual([65_536, 5])
  })
})

describe('logFiles', () => {
  it('takes the logs of a directory in order, and follows no link there', async () => {
    expect(await logFiles(at('folder'))).toEqual([at('folder/a.log'), at('folder/messages-1')])
  })

  it('says so when a directory holds none', async () => {
    await mkdir(at('bare'))
    await expect(logFiles(at('bare'))).rejects.toMatchObject({ code: 'KP_INPUT_NO_LOGS' })
  })

  it('says so when there is no such file', async () => {
    await expect(logFiles(at('nothing'))).rejects.toMatchObject({ code: 'KP_INPUT_NOT_FOUND' })
  })
})
