import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownBytes } from '../../../core/observe/attribution/tally.ts'
import { walkDisk } from './walk-disk.ts'

let root: string
beforeEach(() => (root = mkdtempSync(path.join(tmpdir(), 'walk-disk-'))))
afterEach(() => rmSync(root, { recursive: true }))

const put = (file: string, kibibytes: number) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), Buffer.alloc(kibibytes * 1024, 1))
}

/** What each directory that is told holds by itself, in whole tens of KiB: blocks of directories are less. */
async function own(neverAsked: readonly string[], passOver: readonly string[] = []) {
  const at = (places: readonly string[]) => places.map((place) => Buffer.from(path.join(root, place)))
  const walk = walkDisk({
    clock: { now: () => 0, after: () => () => {} },
    root: Buffer.from(root),
    passOver: at(passOver),
    neverAsked: at(neverAsked),
    depth: 9,
    share: 1,
  })
  const told: Record<string, number> = {}
  const count = ownBytes()
  for await (const directory of walk) {
    const tens = Math.floor(count(directory) / 10_240)
    if (tens !== 0) told[directory.path.slice(root.length + 1)] = tens
  }
  return told
}

describe('a walk', () => {
  beforeEach(() => {
    put('top', 10)
    put('pods/a/mount/inside', 1000)
    put('pods/a/beside', 20)
    put('pods/a/data/deep/file', 30)
    put('pods/b/other', 40)
    put('pods/b/x/mount/inside', 1000)
    put('pods/b/x/y z/file', 50)
    put('logs/file', 60)
  })

  it('goes round about what is never asked, and counts all else once, where it is', async () => {
    expect(await own(['pods/a/mount', 'pods/b/x/mount'])).toEqual({
      '': 1,
      'pods/a/beside': 2,
      'pods/a/data/deep': 3,
      'pods/b': 4,
      'pods/b/x/y z': 5,
      logs: 6,
    })
  })

  it.each<[string, string[], string[], object]>([
    ['at its top', ['pods'], [], { top: 1, logs: 6 }],
    ['one within the other', ['pods', 'pods/a/mount'], [], { top: 1, logs: 6 }],
    [
      'one beside what another is below',
      ['pods/a', 'pods/b/x/mount'],
      [],
      { '': 1, 'pods/b': 4, 'pods/b/x/y z': 5, logs: 6 },
    ],
    ['in what is passed over', ['pods/a/mount'], ['pods'], { '': 1, logs: 6 }],
  ])('is never asked %s', async (_, neverAsked, passOver, told) => {
    expect(await own(neverAsked, passOver)).toEqual(told)
  })
})
