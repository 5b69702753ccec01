import { describe, expect, it } from 'vitest'
import type { FilesystemLayout } from './layout.ts'
import { exceededLimit, type LimitedPod } from './local-limits.ts'

const GIB = 2 ** 30
const V20 = { minor: 20, patch: 2 }
const V21 = { minor: 21, patch: 0 }
const V36 = { minor: 36, patch: 2 }
const limited: LimitedPod = { uid: 'u', emptyDirs: [], containers: [], volumeBytes: 0 }
const container = (name: string, more: object) => ({ ...limited, containers: [{ name, ...more }] })
/** Which limit, how much is allowed and how much is used. */
const told = (pod: LimitedPod, layout: FilesystemLayout = 'single', version = V36) => {
  const exceeded = exceededLimit(pod, layout, version)
  return exceeded && [exceeded.kind, exceeded.limitBytes / GIB, exceeded.usedBytes / GIB]
}

describe('worked example J: local limits (semantics §3.13)', () => {
  it.each<[string, LimitedPod, unknown[]]>([
    ['R 2Gi with limit 1Gi', container('c', { limitBytes: GIB, writableBytes: 2 * GIB }), ['pod', 1, 2]],
    ['L 2Gi with limit 1Gi', container('c', { limitBytes: GIB, logBytes: 2 * GIB }), ['pod', 1, 2]],
    [
      'emptyDir 2Gi with sizeLimit 1Gi',
      { ...limited, emptyDirs: [{ name: 'e', limitBytes: GIB, usedBytes: 2 * GIB }] },
      ['empty-dir', 1, 2],
    ],
  ])('%s', (_, pod, expected) => expect(told(pod)).toEqual(expected))
})

describe('rule 1: an emptyDir (semantics §3.8)', () => {
  const volume = (name: string, usedGib: number, limitGib?: number) => ({
    name,
    usedBytes: usedGib * GIB,
    limitBytes: limitGib === undefined ? undefined : limitGib * GIB,
  })
  const of = (...emptyDirs: LimitedPod['emptyDirs']) =>
    exceededLimit({ ...limited, emptyDirs }, 'single', V36)

  it.each([
    ['at its limit it is not over', volume('e', 1, 1)],
    ['a limit of 0 is none', volume('e', 1, 0)],
    ['no limit', volume('e', 9)],
    ['no stats', { name: 'e', limitBytes: GIB }],
  ])('%s', (_, one) => expect(of(one)).toBeUndefined())

  it('the first one that is over counts, before any other rule', () => {
    expect(of(volume('a', 1, 2), volume('b', 3, 2), volume('c', 9, 1))).toEqual({
      kind: 'empty-dir',
      volume: 'b',
      limitBytes: 2 * GIB,
      usedBytes: 3 * GIB,
    })
    const both = {
      ...container('c', { limitBytes: 1, logBytes: 2 }),
      emptyDirs: [volume('e', 3, 2)],
    }
    expect(told(both)).toEqual(['empty-dir', 2, 3])
  })
})

describe('rule 2: the total of the containers (semantics §3.8)', () => {
  const parts = {
    ...container('c', { limitBytes: GIB, writableBytes: 0.5 * GIB, logBytes: 0.25 * GIB }),
    volumeBytes: 0.25 * GIB,
  }

  it('counts R, L, volumes and the kubelet’s own files, and is not over at the limit', () => {
    expect(told(parts)).toBeUndefined()
    expect(told({ ...parts, otherBytes: 0.25 * GIB })).toEqual(['pod', 1, 1.25])
    expect(told({ ...parts, volumeBytes: 0.5 * GIB })).toEqual(['pod', 1, 1.25])
  })

  it('only if a container has a limit; one without adds to what is used', () => {
    expect(told(container('c', { logBytes: 9 * GIB }))).toBeUndefined()
    const free = { name: 'free', logBytes: GIB }
    expect(told({ ...parts, containers: [...parts.containers, free] })).toEqual(['pod', 1, 2])
  })

  it('1.20: R only on a single filesystem; ≥1.21: in every layout', () => {
    const over = container('c', { limitBytes: GIB, writableBytes: 2 * GIB })
    expect([told(over, 'single', V20), told(over, 'dedicated-image', V20)]).toEqual([
      ['pod', 1, 2],
      undefined,
    ])
    expect(told(over, 'dedicated-image', V21)).toEqual(['pod', 1, 2])
    expect(told(over, 'split-container', V36)).toEqual(['pod', 1, 2])
  })
})

describe('rule 3: one container (semantics §3.8)', () => {
  /** The other container’s limit keeps the pod within its total. */
  const beside = (more: object): LimitedPod => ({
    ...limited,
    containers: [
      { name: 'wide', limitBytes: 9 * GIB },
      { name: 'c', limitBytes: GIB, ...more },
    ],
  })

  it('L, and R where images have no filesystem of their own', () => {
    expect(exceededLimit(beside({ logBytes: 2 * GIB }), 'single', V36)).toEqual({
      kind: 'container',
      container: 'c',
      limitBytes: GIB,
      usedBytes: 2 * GIB,
    })
    const layer = beside({ writableBytes: 2 * GIB })
    expect(
      (['single', 'dedicated-image', 'split-container'] as const).map((layout) => told(layer, layout)),
    ).toEqual([['container', 1, 2], undefined, undefined])
  })

  it('is not over at its limit, nor without one', () => {
    expect(told(beside({ logBytes: GIB }))).toBeUndefined()
    expect(told(beside({ limitBytes: undefined, logBytes: 2 * GIB }))).toBeUndefined()
  })
})
