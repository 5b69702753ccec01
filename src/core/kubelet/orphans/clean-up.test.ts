import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanUpOrphan, type OrphanedPodDirectory } from './clean-up.ts'
import { orphanRules } from './orphan-rules.ts'
import type { PodDirectoryEntry } from './pod-directory.ts'

type Mount = PodDirectoryEntry['mount']
const VERSIONS = {
  '1.20.2': [20, 2],
  '1.20.9': [20, 9],
  '1.21': [21, 14],
  '1.29': [29, 0],
  '1.30': [30, 0],
} as const
type Version = keyof typeof VERSIONS

/** Paths that end in `/` are directories; parents are added. */
const tree = (
  paths: readonly string[],
  mounts: Readonly<Record<string, Mount>> = {},
): PodDirectoryEntry[] => {
  const all = new Map<string, boolean>()
  for (const path of paths) {
    const parts = path.replace(/\/$/, '').split('/')
    for (let length = 1; length < parts.length; length++) all.set(parts.slice(0, length).join('/'), true)
    all.set(parts.join('/'), path.endsWith('/'))
  }
  return [...all].map(([path, isDirectory]) => ({ path, isDirectory, mount: mounts[path] ?? 'none' }))
}
const outcome = (
  version: Version,
  entries: readonly PodDirectoryEntry[],
  more: Partial<OrphanedPodDirectory> = {},
  kernelTells = true,
) => {
  const [minor, patch] = VERSIONS[version]
  return cleanUpOrphan(
    { entries, isKillPending: false, listedVolumes: 'none', ...more },
    orphanRules({ minor, patch }),
    kernelTells,
  )
}
/** In few words: `skipped mounted`, `refused volume-paths-present`, `cleaned`, `failed rmdir-volume not-empty`. */
const told = (...args: Parameters<typeof outcome>) => {
  const result = outcome(...args)
  if (result.kind === 'skipped') return `skipped ${result.because}`
  const [first] = result.errors
  return [result.kind, first?.says, first && 'error' in first ? first.error : undefined]
    .filter((word) => word !== undefined)
    .join(' ')
}
const over = (versions: readonly Version[], entries: readonly PodDirectoryEntry[], more = {}) =>
  versions.map((version) => told(version, entries, more))

const OLD_LATE_NEW = ['1.20.2', '1.20.9', '1.21'] as const
const LOCAL = 'volumes/kubernetes.io~local-volume/pv'
const CSI = 'volumes/kubernetes.io~csi/pv'
const SUBPATH = 'volume-subpaths/data/es/0'
const nothing = tree(['volumes/', 'containers/es/', 'etc-hosts'])

describe('decision table (semantics §4.2)', () => {
  it('kill still pending', () => {
    expect(over(OLD_LATE_NEW, nothing, { isKillPending: true })).toEqual([
      'cleaned',
      'cleaned',
      'skipped kill-pending',
    ])
    expect(told('1.29', nothing, { isKillPending: true })).toBe('cleaned')
  })

  it('volume manager still lists volumes for the UID', () => {
    expect(new Set(over(OLD_LATE_NEW, nothing, { listedVolumes: 'mounted' }))).toEqual(
      new Set(['skipped volumes-listed']),
    )
    expect(over(['1.21', '1.29'], nothing, { listedVolumes: 'uncertain' })).toEqual([
      'cleaned',
      'skipped volumes-listed',
    ])
  })

  it.each([
    ['a mount point', tree([`${LOCAL}/`], { [LOCAL]: 'other-filesystem' }), 'skipped mounted'],
    ['cannot be checked', tree([`${LOCAL}/`], { [LOCAL]: 'unknown' }), 'skipped mount-unknown'],
    [
      'CSI: its mount sub-directory',
      tree([`${CSI}/mount/`], { [`${CSI}/mount`]: 'other-filesystem' }),
      'skipped mounted',
    ],
  ])('any directory under volumes/<plugin>/* is %s', (_, entries, expected) => {
    expect(new Set(over(OLD_LATE_NEW, entries))).toEqual(new Set([expected]))
  })

  it.each([
    ['empty', tree([`${LOCAL}/`]), ['refused volume-paths-present', 'cleaned', 'cleaned']],
    [
      'with content',
      tree([`${LOCAL}/index`]),
      ['refused volume-paths-present', 'failed rmdir-volume not-empty', 'failed rmdir-volume not-empty'],
    ],
    ['CSI without mount', tree([`${CSI}/`]), ['cleaned', 'cleaned', 'cleaned']],
    ['CSI with mount', tree([`${CSI}/mount/`]), ['refused volume-paths-present', 'cleaned', 'cleaned']],
  ])('directories under volumes/<plugin>/* remain, not mounted: %s', (_, entries, expected) => {
    expect(over(OLD_LATE_NEW, entries)).toEqual(expected)
  })

  it('volume-subpaths exists', () => {
    expect(over(OLD_LATE_NEW, tree([`${SUBPATH}/`]))).toEqual([
      'refused subpaths-present',
      'cleaned',
      'cleaned',
    ])
    expect(told('1.20.2', tree(['volume-subpaths/']))).toBe('refused subpaths-present')
    expect(over(['1.29', '1.30'], tree([SUBPATH]))).toEqual([
      'failed rmdir-subpath not-a-directory',
      'cleaned',
    ])
  })

  it('the volumes tree', () => {
    expect(over(OLD_LATE_NEW, tree([`${CSI}/vol_data.json`]))).toEqual([
      'cleaned',
      'cleaned',
      'failed remove-volumes not-a-directory',
    ])
    expect(told('1.20.9', tree([`${CSI}/vol_data.json`, `${CSI}/mount/`]))).toBe('cleaned')
  })

  it('rest of the pod directory', () => {
    expect(over(OLD_LATE_NEW, nothing)).toEqual(['cleaned', 'cleaned', 'cleaned'])
    const mounted = tree(['plugins/x/data'], { 'plugins/x': 'other-filesystem' })
    expect(over(OLD_LATE_NEW, mounted)).toEqual([
      'failed remove-pod-directory is-a-mount-point',
      'failed remove-pod-directory is-a-mount-point',
      'failed remove-subdirectory is-a-mount-point',
    ])
  })
})

describe('bind mounts on the same filesystem (semantics §4.2)', () => {
  const bound = tree([`${LOCAL}/empty/`, `${LOCAL}/index`], { [LOCAL]: 'same-filesystem' })

  it('are invisible up to 1.29, and where the kernel does not tell', () => {
    expect(over(['1.20.2', '1.20.9', '1.29', '1.30'], bound)).toEqual([
      'refused volume-paths-present',
      'failed rmdir-volume busy',
      'failed rmdir-volume busy',
      'skipped mounted',
    ])
    expect(told('1.30', bound, {}, false)).toBe('failed rmdir-volume busy')
  })

  it('let a recursive removal into the volume: what it takes there is lost', () => {
    const lost = (version: Version, entries: readonly PodDirectoryEntry[]) => {
      const result = outcome(version, entries)
      return 'lost' in result ? result.lost : []
    }
    const elsewhere = tree(['plugins/x/data'], { 'plugins/x': 'same-filesystem' })
    expect(
      ['1.20.2', '1.20.9', '1.29', '1.30'].map((version) => lost(version as Version, elsewhere)),
    ).toEqual([['plugins/x/data'], ['plugins/x/data'], ['plugins/x/data'], []])
    expect([lost('1.20.9', bound), lost('1.29', bound), lost('1.30', bound)]).toEqual([
      [],
      [`${LOCAL}/empty`],
      [],
    ])
  })
})

describe('versions (semantics §4.2)', () => {
  it.each([
    [[18, 16], 'refuse', false],
    [[18, 17], 'rmdir', false],
    [[19, 8], 'refuse', false],
    [[19, 9], 'rmdir', false],
    [[20, 4], 'refuse', false],
    [[20, 5], 'rmdir', false],
    [[20, 10], 'rmdir', true],
    [[21, 1], 'rmdir', false],
    [[21, 4], 'rmdir', true],
    [[22, 0], 'rmdir', true],
  ] as const)('1.%j', ([minor, patch], leftovers, sparesVolumeFiles) => {
    expect(orphanRules({ minor, patch })).toMatchObject({ leftovers, sparesVolumeFiles })
  })
})

describe('properties', () => {
  const paths = [
    `${LOCAL}/`,
    `${LOCAL}/index`,
    `${CSI}/mount/`,
    `${CSI}/vol_data.json`,
    `${SUBPATH}/`,
    'etc-hosts',
    'plugins/x/y',
  ]
  const directories = fc
    .record({ some: fc.subarray(paths), mounted: fc.option(fc.constantFrom(LOCAL, SUBPATH, 'plugins/x')) })
    .map(({ some, mounted }) => tree(some, mounted === null ? {} : { [mounted]: 'other-filesystem' }))

  it('loses nothing behind a mount of another filesystem, and is cleaned only when all is removed', () => {
    fc.assert(
      fc.property(
        directories,
        fc.constantFrom(...(Object.keys(VERSIONS) as Version[])),
        (entries, version) => {
          const result = outcome(version, entries)
          if (!('lost' in result)) return
          expect(result.lost).toEqual([])
          expect(result.removed.length === entries.length + 1).toBe(result.kind === 'cleaned')
        },
      ),
    )
  })
})
