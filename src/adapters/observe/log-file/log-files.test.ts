import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logFiles } from './log-files.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kubepatrol-log-'))
  await mkdir(at('folder/below/deep'), { recursive: true })
  await mkdir(at('bare'))
  for (const name of ['messages-1', 'a.log', 'objects.json', 'below/deep/events.json', 'below/messages']) {
    await writeFile(at(`folder/${name}`), 'x')
  }
  await symlink('/etc/passwd', at('folder/link.log'))
  await symlink(at('folder'), at('folder/below/loop'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('logFiles', () => {
  it('takes the logs of a directory and of what is below it, and follows no link there', async () => {
    const names = ['a.log', 'messages-1', 'below/messages', 'below/deep/events.json']
    expect(await logFiles(at('folder'))).toEqual(names.map((name) => at(`folder/${name}`)))
  })

  it.each([
    ['folder/m*', ['folder/messages-1']],
    ['fold?r/[ab].log', ['folder/a.log']],
    ['*/below/mess*', ['folder/below/messages']],
  ])('takes what matches %s', async (pattern, names) => {
    expect(await logFiles(at(pattern))).toEqual(names.map(at))
  })

  it.each([
    ['bare', 'KP_INPUT_NO_LOGS'],
    ['nothing', 'KP_INPUT_NOT_FOUND'],
    ['noth*', 'KP_INPUT_NOT_FOUND'],
    ['folder/a.log/b', 'KP_INPUT_NOT_FOUND'],
  ])('says so when %s is no log: %s', async (name, code) => {
    await expect(logFiles(at(name))).rejects.toMatchObject({ code })
  })
})
