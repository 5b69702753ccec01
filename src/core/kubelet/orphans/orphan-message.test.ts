import { describe, expect, it } from 'vitest'
import type { OrphanError } from './clean-up.ts'
import { orphanErrorLine } from './orphan-message.ts'
import { HOUSEKEEPING_PERIOD, orphanedPods } from './orphaned-pods.ts'

const uid = 'f6a977f4-2098-11eb-90a3-2c534a095a16'
const directory = `/var/lib/kubelet/pods/${uid}`
const line = (first: OrphanError, minor: number, patch = 0) =>
  orphanErrorLine({ uid, directory }, first, 3, { minor, patch })
const TAIL = ' : There were a total of 3 errors similar to this. Turn up verbosity to see them.'
const head = (reason: string) =>
  `"There were many similar errors. Turn up verbosity to see them." err="orphaned pod \\"${uid}\\" found, but ${reason}" numErrs=3`

describe('messages (semantics §4.3)', () => {
  const present: OrphanError = { says: 'volume-paths-present', path: 'volumes' }
  const volume: OrphanError = { says: 'rmdir-volume', path: 'volumes/p/v', error: 'not-empty' }
  const volumes: OrphanError = { says: 'remove-volumes', path: 'volumes', error: 'not-a-directory' }

  it.each<[string, OrphanError, number, number, string]>([
    [
      '1.14',
      present,
      14,
      0,
      `Orphaned pod "${uid}" found, but volume paths are still present on disk${TAIL}`,
    ],
    [
      '1.20.2',
      present,
      20,
      2,
      `orphaned pod "${uid}" found, but volume paths are still present on disk${TAIL}`,
    ],
    [
      '1.20.9',
      volume,
      20,
      9,
      `orphaned pod "${uid}" found, but failed to rmdir() volume at path ${directory}/volumes/p/v: directory not empty${TAIL}`,
    ],
    [
      '1.21–1.23',
      volumes,
      22,
      0,
      head('error not a directory occurred when trying to remove the volumes dir'),
    ],
    ['≥1.24', volumes, 24, 0, head('error occurred when trying to remove the volumes dir: not a directory')],
    [
      '≥1.21, a volume',
      volume,
      30,
      0,
      head(`failed to rmdir() volume at path ${directory}/volumes/p/v: directory not empty`),
    ],
    [
      '≥1.21, a subpath',
      { says: 'rmdir-subpath', path: 'volume-subpaths/v/c/0', error: 'busy' },
      30,
      0,
      head(`failed to rmdir() subpath at path ${directory}/volume-subpaths/v/c/0: device or resource busy`),
    ],
    [
      '≥1.21, the pod directory',
      { says: 'remove-pod-directory', path: '', error: 'busy' },
      30,
      0,
      head('error occurred when trying to remove the pod directory: device or resource busy'),
    ],
    [
      '1.20, the pod directory',
      { says: 'remove-pod-directory', path: '', error: 'busy' },
      20,
      2,
      `Failed to remove orphaned pod "${uid}" dir; err: device or resource busy`,
    ],
  ])('%s', (_, error, minor, patch, text) => expect(line(error, minor, patch)).toBe(text))

  it('names a subdirectory in quotes', () => {
    expect(line({ says: 'remove-subdirectory', path: 'plugins', error: 'is-a-mount-point' }, 30)).toContain(
      `when trying to remove subdir \\"${directory}/plugins\\": it is a mount point`,
    )
  })
})

describe('when the kubelet looks (semantics §4.1)', () => {
  const known = {
    podUids: new Set(['known']),
    uidsWithRunningContainers: new Set(['running']),
    areSourcesReady: true,
  }

  it('takes what is neither known nor running for an orphan, every two seconds', () => {
    expect(orphanedPods(['known', 'running', 'gone'], known)).toEqual(['gone'])
    expect(HOUSEKEEPING_PERIOD).toBe(2000)
  })

  it('does not look before the sources are ready', () => {
    expect(orphanedPods(['gone'], { ...known, areSourcesReady: false })).toEqual([])
  })
})
