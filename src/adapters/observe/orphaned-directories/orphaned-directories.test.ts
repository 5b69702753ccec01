import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { orphanedDirectories } from './orphaned-directories.ts'

const LIVES = '11111111-2222-3333-4444-555555555555'
const GONE = '99999999-2222-3333-4444-555555555555'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'orphaned-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const volume = (uid: string, name: string) => {
  const directory = path.join(root, 'pods', uid, 'volumes/kubernetes.io~csi', name)
  mkdirSync(directory, { recursive: true })
  return directory
}
const look = (proc = '/proc') =>
  orphanedDirectories({
    at: (file) => Buffer.from(file === '/proc' ? proc : file, 'latin1'),
    kubeletRoot: root,
    known: new Set([LIVES]),
  })

it('finds directories of pods without a sandbox, and the data in them', async () => {
  volume(LIVES, 'in-use')
  volume(GONE, 'empty')
  writeFileSync(path.join(volume(GONE, 'full'), 'line\nbreak'), '')
  symlinkSync('/', path.join(root, 'pods', GONE, 'volumes/kubernetes.io~csi/out'))
  mkdirSync(path.join(root, 'pods', 'no-uid'))
  expect(await look()).toEqual([
    {
      uid: GONE,
      path: path.join(root, 'pods', GONE),
      mounts: [],
      processes: [],
      data: [path.join(root, 'pods', GONE, 'volumes/kubernetes.io~csi/full')],
    },
  ])
})

it('names a process that has a file in it open', async () => {
  const file = path.join(volume(GONE, 'full'), 'file')
  writeFileSync(file, 'x')
  const opened = openSync(file, 'r')
  const [found] = await look()
  closeSync(opened)
  expect(found?.processes).toEqual([expect.stringMatching(new RegExp(`^\\S+ \\(${process.pid}\\)$`))])
})

it('sees a mount in any mount namespace, and does not enter it', async () => {
  const full = volume(GONE, 'full')
  writeFileSync(path.join(full, 'data'), '')
  const proc = path.join(root, 'proc')
  for (const pid of ['1', '2']) {
    mkdirSync(path.join(proc, pid, 'ns'), { recursive: true })
    symlinkSync(`mnt:[${pid}]`, path.join(proc, pid, 'ns/mnt'))
    writeFileSync(path.join(proc, pid, 'mountinfo'), pid === '1' ? '' : `9 1 0:5 / ${full} rw - nfs4 x rw\n`)
  }
  expect(await look(proc)).toMatchObject([{ mounts: [full], data: [] }])
})

it('is quiet where every directory has its sandbox', async () => {
  volume(LIVES, 'in-use')
  expect(await look()).toEqual([])
})
