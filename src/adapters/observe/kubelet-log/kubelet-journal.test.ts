import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Clock } from '../../../core/observe/clock.ts'
import { kubeletJournal } from './kubelet-journal.ts'

const clock: Clock = { now: () => Date.now(), after: () => () => undefined }
const hasJournalctl = spawnSync('journalctl', ['--version']).status === 0
const { PATH } = process.env
afterEach(() => {
  process.env['PATH'] = PATH
})

it('says that there is no journalctl', async () => {
  process.env['PATH'] = '/nowhere'
  const { lines, gap } = await kubeletJournal({ clock, root: '/', matches: [] }).read()
  expect(lines).toEqual([])
  expect(gap).toMatchObject({ part: 'kubelet log', why: 'not-there' })
  expect(gap?.detail).toContain('--kubelet-log')
})

it.skipIf(!hasJournalctl)('says that a journal without an entry of the kubelet tells nothing', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'kubelet-journal-'))
  try {
    const options = [`--directory=${empty}`]
    const { gap } = await kubeletJournal({ clock, root: '/', matches: [], options }).read()
    expect(gap?.why).toBe('not-there')
  } finally {
    rmSync(empty, { recursive: true })
  }
})
