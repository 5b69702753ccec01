import { describe, expect, it } from 'vitest'
import { canEvict, filesystemLayout, responseTo, type FilesystemLayout } from './layout.ts'

const at = (minor: number) => ({ minor, patch: 0 })

describe('layout detection (semantics §3.3)', () => {
  it.each<[string, Parameters<typeof filesystemLayout>[0], FilesystemLayout, FilesystemLayout]>([
    // up to 1.28, from 1.29 on
    ['one device', { nodefs: 'a', imagefs: 'a' }, 'single', 'single'],
    ['dedicated image fs', { nodefs: 'a', imagefs: 'b' }, 'dedicated-image', 'dedicated-image'],
    [
      'split container fs',
      { nodefs: 'a', imagefs: 'b', containerfs: 'a' },
      'dedicated-image',
      'split-container',
    ],
    [
      'equal devices, but images and containers differ',
      { nodefs: 'a', imagefs: 'a', containerfs: 'b' },
      'single',
      'split-container',
    ],
    [
      'images and containers on one device of their own',
      { nodefs: 'a', imagefs: 'b', containerfs: 'b' },
      'dedicated-image',
      'dedicated-image',
    ],
  ])('%s', (_, devices, before, since) => {
    expect([28, 29].map((minor) => filesystemLayout(devices, at(minor)))).toEqual([before, since])
  })

  it('gate KubeletSeparateDiskGC: on a split layout off in 1.29 and 1.30, and then no eviction at all', () => {
    const acts = (minor: number, gate?: boolean) => canEvict('split-container', at(minor), gate)
    expect([acts(28), acts(29), acts(30), acts(31)]).toEqual([false, false, false, true])
    expect([acts(28, true), acts(29, true), acts(31, false)]).toEqual([false, true, false])
    expect(canEvict('dedicated-image', at(29), false)).toBe(true)
  })
})

describe('reclaim functions per layout (semantics §3.5, §3.13 H)', () => {
  const rows: [string, FilesystemLayout, string, ('containers' | 'images')[]][] = [
    ['single fs: nodefs.*', 'single', 'nodefs', ['containers', 'images']],
    ['single fs: imagefs.*', 'single', 'imagefs', ['containers', 'images']],
    ['single fs: containerfs.*', 'single', 'containerfs', ['containers', 'images']],
    ['dedicated image fs: nodefs.*', 'dedicated-image', 'nodefs', []],
    ['dedicated image fs: imagefs.*', 'dedicated-image', 'imagefs', ['containers', 'images']],
    ['dedicated image fs: containerfs.*', 'dedicated-image', 'containerfs', ['containers', 'images']],
    ['split: nodefs.*', 'split-container', 'nodefs', ['containers']],
    ['split: containerfs.*', 'split-container', 'containerfs', ['containers']],
    ['split: imagefs.*', 'split-container', 'imagefs', ['images']],
  ]

  it.each(rows)('%s', (_, layout, filesystem, reclaims) => {
    for (const unit of ['available', 'inodesFree'] as const) {
      const signal = `${filesystem as 'nodefs'}.${unit}` as const
      expect(responseTo(signal, layout).reclaims).toEqual(reclaims)
    }
  })
})
