import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rotateLog, type LogSituation } from './rotate-log.ts'
import { rotatedName, sortRotatedLogs, type LogFile } from './rotated-files.ts'
import { logRotationSettings, logRotator } from './rotation-settings.ts'
import { worstCaseDockerLogBytes, worstCaseLogBytes } from './worst-case.ts'

const MIB = 2 ** 20
const V20 = { minor: 20, patch: 2 }
const V30 = { minor: 30, patch: 0 }
const LIMITS = { maxSizeBytes: 10 * MIB, maxFiles: 5 }
const file = (name: string, mib = 10): LogFile => ({ name, sizeBytes: mib * MIB })
const situation: LogSituation = {
  log: '0.log',
  files: [file('0.log')],
  isRunning: true,
  at: Date.UTC(2026, 10, 24, 8, 21, 37),
  utcOffset: 0,
  availableBytes: Infinity,
  compressedShare: 0.1,
  canReopen: true,
}
/** Each step in few words, such as `compress a b`. */
const told = (more: Partial<LogSituation>, limits = LIMITS) => {
  const outcome = rotateLog({ ...situation, ...more }, limits)
  const steps = 'steps' in outcome ? outcome.steps.map((step) => Object.values(step).join(' ')) : []
  return [outcome.kind, 'because' in outcome ? outcome.because : '', ...steps].filter((word) => word !== '')
}
const RENAME = 'rename 0.log 0.log.20261124-082137'

describe('settings (semantics §7.1)', () => {
  it.each([
    ['docker', V20, 'docker-daemon'],
    ['docker', V30, 'docker-daemon'],
    ['containerd', V20, 'kubelet'],
    ['cri-o', V30, 'kubelet'],
    ['containerd', { minor: 10, patch: 0 }, 'nobody'],
  ] as const)('applies to: %s in 1.%j, %s', (runtime, version, rotator) => {
    expect(logRotator(runtime, version)).toBe(rotator)
  })

  it('containerLogMaxSize: rotated when the size reaches the limit', () => {
    expect(told({ files: [{ name: '0.log', sizeBytes: 10 * MIB - 1 }] })).toEqual(['left', 'below-limit'])
    expect(told({})).toEqual(['rotated', RENAME, 'reopen'])
    expect(told({}, { ...LIMITS, maxSizeBytes: -1 })).toEqual(['left', 'switched-off'])
  })

  it('containerLogMaxFiles: 5, at least 2', () => {
    expect(logRotationSettings({}, V20)).toMatchObject({ settings: { maxSizeBytes: 10 * MIB, maxFiles: 5 } })
    expect(logRotationSettings({ maxFiles: 1 }, V20)).toEqual({ refused: 'max-files-below-2' })
  })

  it('containerLogMaxWorkers: from 1.30 on', () => {
    const workers = (version: typeof V20) => logRotationSettings({ workers: 4 }, version)
    expect([workers(V20), workers(V30)]).toMatchObject([
      { settings: { workers: 1 } },
      { settings: { workers: 4 } },
    ])
  })

  it('containerLogMonitorInterval: from 1.30 on, at least 3 s, fixed before', () => {
    const interval = (monitorInterval: number, version: typeof V20) =>
      logRotationSettings({ monitorInterval }, version)
    expect([interval(5000, V20), interval(5000, V30)]).toMatchObject([
      { settings: { monitorInterval: 10_000 } },
      { settings: { monitorInterval: 5000 } },
    ])
    expect(interval(2999, V30)).toEqual({ refused: 'monitor-interval-below-3s' })
  })
})

describe('sequence (semantics §7.1)', () => {
  const rotated = ['20261124-0801', '20261124-0802', '20261124-0803', '20261124-0804'].map(
    (stamp) => `0.log.${stamp}00`,
  )

  it('removes, compresses, renames, reopens', () => {
    const [oldest = '', second = '', third = '', newest = ''] = rotated
    const files = [
      file('0.log', 11),
      file(newest),
      file(`${oldest}.gz`, 1),
      file(`${second}.gz`, 1),
      file(`${third}.gz`, 1),
      file(third),
      file(`${newest}.tmp`, 1),
      file('1.log.20261124-080000'),
    ]
    expect(told({ files })).toEqual([
      'rotated',
      `remove ${third} already-compressed`,
      `remove ${newest}.tmp temporary`,
      `remove ${oldest}.gz too-many`,
      `compress ${newest} ${newest}.gz`,
      RENAME,
      'reopen',
    ])
  })

  it('only of running containers', () => {
    expect(told({ isRunning: false })).toEqual(['left', 'not-running'])
  })

  it('reopens a missing live file first', () => {
    expect(told({ files: rotated.map((name) => file(name)) })).toEqual(['reopened', 'reopen'])
    expect(told({ files: [], canReopen: false })).toEqual(['failed', 'cannot-reopen'])
  })

  it('renames back when the runtime does not reopen', () => {
    expect(told({ canReopen: false })).toEqual([
      'failed',
      'cannot-reopen',
      RENAME,
      'rename 0.log.20261124-082137 0.log',
    ])
  })

  it('names by the local time of the node', () => {
    expect(rotatedName('0.log', situation.at, 8 * 3_600_000)).toBe('0.log.20261124-162137')
  })
})

describe('a full disk (semantics §7.1)', () => {
  const files = [file('0.log', 500), file('0.log.20261124-080100')]

  it('breaks the rotation at the compression, and the live log goes on growing', () => {
    expect(told({ files, availableBytes: 0 })).toEqual(['failed', 'no-space-to-compress'])
  })

  it('takes no more than the compressed bytes', () => {
    expect([1, 0.9].map((mib) => told({ files, availableBytes: mib * MIB })[0])).toEqual([
      'rotated',
      'failed',
    ])
  })

  it('has the space of what was removed before', () => {
    const more = [...files, file('0.log.20261124-080000.tmp', 1)]
    expect(told({ files: more, availableBytes: 0 })[0]).toBe('rotated')
  })

  it('has the space of what was compressed before', () => {
    const two = [...files, file('0.log.20261124-080200', 90)]
    expect([0.9, 1].map((mib) => told({ files: two, availableBytes: mib * MIB })[0])).toEqual([
      'failed',
      'rotated',
    ])
  })

  it('does not matter with two files: there is nothing to compress', () => {
    expect(told({ files, availableBytes: 0 }, { ...LIMITS, maxFiles: 2 })).toEqual([
      'rotated',
      'remove 0.log.20261124-080100 too-many',
      RENAME,
      'reopen',
    ])
  })
})

describe('worst case (semantics §7.1)', () => {
  const settings = { maxSizeBytes: 10 * MIB, maxFiles: 5, monitorInterval: 10_000 }

  it.each([
    ['slow and compressible: live, one plain, three gz', 0, 0.1, 23],
    ['random bytes', 0, 1, 50],
    ['a fast writer exceeds any limit between two looks', 100 * MIB, 0.1, 2323],
  ])('%s', (_, bytesPerSecond, compressedShare, mib) => {
    expect(worstCaseLogBytes(settings, { bytesPerSecond, compressedShare }) / MIB).toBeCloseTo(mib)
  })

  it('has no bound without rotation, nor by default with docker', () => {
    expect(
      worstCaseLogBytes({ ...settings, maxSizeBytes: -1 }, { bytesPerSecond: 1, compressedShare: 1 }),
    ).toBe(Infinity)
    expect(worstCaseDockerLogBytes({})).toBe(Infinity)
    expect(worstCaseDockerLogBytes({ maxSizeBytes: 10, maxFiles: 3 })).toBe(30)
    expect(worstCaseDockerLogBytes({ maxSizeBytes: 10 })).toBe(10)
  })
})

describe('properties', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'b.gz', 'c', 'c.tmp', 'd.gz', 'e'))

  it('keeps at most maxFiles − 2 of the earlier logs, the newest, each once', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 2, max: 6 }), (some, maxFiles) => {
        const { kept, removed } = sortRotatedLogs(
          some.map((name) => file(`0.log.${name}`)),
          maxFiles,
        )
        expect(kept.length).toBeLessThanOrEqual(maxFiles - 2)
        expect(kept.length + removed.length).toBe(some.length)
        const tooMany = removed.filter(({ because }) => because === 'too-many')
        for (const one of tooMany) expect(kept.every(({ name }) => name > one.file.name)).toBe(true)
      }),
    )
  })

  it('does not depend on the order of the listing', () => {
    fc.assert(
      fc.property(names, (some) => {
        const keptOf = (listed: readonly string[]) =>
          sortRotatedLogs(
            listed.map((name) => file(name)),
            4,
          ).kept
        expect(keptOf(some.toReversed())).toEqual(keptOf(some))
      }),
    )
  })
})
