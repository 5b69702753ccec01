import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { KubeletLogSource } from '../../../core/observe/host/kubelet-log.ts'
import { kubeletLogFile } from './kubelet-log-file.ts'

let folder: string
let file: string
let log: KubeletLogSource
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kubelet-log-file-'))
  file = path.join(folder, 'kubelet.log')
  log = kubeletLogFile(Buffer.from(file))
})
afterEach(async () => {
  await log.close()
  rmSync(folder, { recursive: true })
})

const texts = async () => (await log.read()).lines.map(({ text }) => text)

it('says that there is no file, and reads it once there is one', async () => {
  expect((await log.read()).gap).toMatchObject({ part: 'kubelet log', why: 'not-there' })
  writeFileSync(file, 'a\nb\n')
  expect((await log.read()).lines).toEqual([
    { text: 'a', position: { file, line: 1 } },
    { text: 'b', position: { file, line: 2 } },
  ])
})

it('waits for the end of a line', async () => {
  writeFileSync(file, 'whole\nbeg')
  expect(await texts()).toEqual(['whole'])
  appendFileSync(file, 'un\n')
  expect(await texts()).toEqual(['begun'])
})

it('begins a large file late, with a whole line', async () => {
  writeFileSync(file, 'x'.repeat(99).concat('\n').repeat(20_000))
  const lines = await texts()
  expect(lines.length).toBeGreaterThan(10_000)
  expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([99]))
})

it('gives what is too much at once with the next calls', async () => {
  writeFileSync(file, '')
  await log.read()
  appendFileSync(file, 'y'.repeat(999).concat('\n').repeat(9000))
  const counts = [(await texts()).length, (await texts()).length, (await texts()).length]
  expect(counts.every((count) => count > 0)).toBe(true)
  expect(counts[0] as number).toBeLessThan(4500)
  expect(counts.reduce((sum, count) => sum + count)).toBe(9000)
})

it('says that something may be lost where an emptied file has no copy', async () => {
  writeFileSync(file, 'a long line\n')
  await log.read()
  truncateSync(file)
  appendFileSync(file, 'b\n')
  const { lines, gap } = await log.read()
  expect(lines.map(({ text }) => text)).toEqual(['b'])
  expect(gap?.detail).toContain('emptied')
  expect((await log.read()).gap).toBeUndefined()
})

it('notices that it was emptied although it is as long as before', async () => {
  writeFileSync(file, 'one\n')
  await log.read()
  writeFileSync(file, 'two\nthree\n')
  expect(await texts()).toEqual(['two', 'three'])
})

it('cuts a line that never ends, and takes no pipe for a file', async () => {
  writeFileSync(file, `${'z'.repeat(300_000)}\nnext\n`)
  expect((await texts()).map(({ length }) => length)).toEqual([65_536, 4])
  const other = kubeletLogFile(Buffer.from(folder))
  expect((await other.read()).gap?.why).toBe('unreachable')
})
